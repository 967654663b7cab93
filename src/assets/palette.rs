//! Pictures in few colours.
//!
//! A drawing in ink and one accent has a handful of colours and the steps
//! between them where its edges are smoothed. Heckbert's median cut ("Color
//! image quantization for frame buffer display", 1982) on a coarse histogram
//! finds them; each box is shown by its commonest colour rather than its mean,
//! so that paper stays the colour of paper.

use super::raster::Raster;

/// Bits of each channel that the histogram tells apart.
const BITS: u32 = 5;

/// A picture as numbers into a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Indexed {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue; at most 256.
    pub palette: Vec<[u8; 3]>,
    /// Row by row, a byte an element.
    pub indices: Vec<u8>,
}

/// A cell of the histogram that has elements in it.
#[derive(Clone, Copy)]
struct Cell {
    key: usize,
    mean: [u8; 3],
    count: u64,
}

/// The picture in its own colours, if there are no more than 256.
pub(super) fn exact(raster: &Raster) -> Option<Indexed> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut indices = Vec::with_capacity(elements(raster));
    for (rgb, times) in runs(raster) {
        let index = match palette.iter().position(|known| *known == rgb) {
            Some(index) => index,
            None if palette.len() == 256 => return None,
            None => {
                palette.push(rgb);
                palette.len() - 1
            }
        };
        indices.resize(indices.len() + times, index as u8);
    }
    Some(Indexed { width: raster.width.0, height: raster.height.0, palette, indices })
}

/// The picture in at most so many colours, up to 256. It must have no alpha.
pub(super) fn reduced(raster: &Raster, most: usize) -> Indexed {
    let cells = histogram(raster);
    let boxes = median_cut(cells, most.clamp(1, 256));
    let mut palette = Vec::new();
    let mut index_of = vec![0u8; 1 << (3 * BITS)];
    for (i, cells) in boxes.iter().enumerate() {
        palette.push(shown(cells));
        for cell in cells {
            index_of[cell.key] = i as u8;
        }
    }
    let mut indices = Vec::with_capacity(elements(raster));
    for (rgb, times) in runs(raster) {
        indices.resize(indices.len() + times, index_of[key(rgb)]);
    }
    Indexed { width: raster.width.0, height: raster.height.0, palette, indices }
}

fn colours(raster: &Raster) -> impl Iterator<Item = [u8; 3]> + '_ {
    let gray = raster.channels == 1;
    raster
        .samples
        .chunks_exact(usize::from(raster.channels.max(1)))
        .map(move |p| if gray { [p[0]; 3] } else { [p[0], p[1], p[2]] })
}

/// The colours with how often each follows on itself: drawings are flat, so
/// there are far fewer of these than elements.
fn runs(raster: &Raster) -> impl Iterator<Item = ([u8; 3], usize)> + '_ {
    let mut colours = colours(raster);
    let mut current = colours.next();
    std::iter::from_fn(move || {
        let colour = current?;
        let mut count = 1;
        loop {
            current = colours.next();
            if current != Some(colour) {
                return Some((colour, count));
            }
            count += 1;
        }
    })
}

fn elements(raster: &Raster) -> usize {
    raster.width.0 as usize * raster.height.0 as usize
}

fn key(rgb: [u8; 3]) -> usize {
    rgb.iter().fold(0, |key, v| key << BITS | usize::from(*v) >> (8 - BITS))
}

fn histogram(raster: &Raster) -> Vec<Cell> {
    let mut sums = vec![[0u64; 4]; 1 << (3 * BITS)];
    for (rgb, times) in runs(raster) {
        let times = times as u64;
        let [r, g, b, count] = &mut sums[key(rgb)];
        *r += u64::from(rgb[0]) * times;
        *g += u64::from(rgb[1]) * times;
        *b += u64::from(rgb[2]) * times;
        *count += times;
    }
    let mean = |sum: u64, count: u64| ((sum + count / 2) / count) as u8;
    sums.iter()
        .enumerate()
        .filter(|(_, s)| s[3] > 0)
        .map(|(key, [r, g, b, n])| Cell { key, mean: [r, g, b].map(|s| mean(*s, *n)), count: *n })
        .collect()
}

/// Cuts the box with the widest spread in two until there are enough.
fn median_cut(cells: Vec<Cell>, most: usize) -> Vec<Vec<Cell>> {
    let mut boxes = vec![cells];
    while boxes.len() < most {
        let widest = boxes
            .iter()
            .enumerate()
            .filter_map(|(i, cells)| spread(cells).map(|(channel, weight)| (weight, i, channel)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, i, channel)) = widest else { break };
        let mut cells = std::mem::take(&mut boxes[i]);
        cells.sort_by_key(|c| (c.mean[channel], c.key));
        let low = cells.first().map_or(0, |c| u32::from(c.mean[channel]));
        let high = cells.last().map_or(0, |c| u32::from(c.mean[channel]));
        // Half the way, not half the elements: steps between ink and paper
        // are rare and are what makes an edge smooth.
        let at = cells.partition_point(|c| u32::from(c.mean[channel]) * 2 <= low + high);
        boxes.push(cells.split_off(at.clamp(1, cells.len() - 1)));
        boxes[i] = cells;
    }
    boxes
}

/// The channel in which a box reaches farthest, and how much that matters;
/// `None` if there is nothing to cut.
fn spread(cells: &[Cell]) -> Option<(usize, f64)> {
    let count: u64 = cells.iter().map(|c| c.count).sum();
    let range = |channel: usize| {
        let values = || cells.iter().map(|c| c.mean[channel]);
        Some(values().max()? - values().min()?)
    };
    let (channel, range) = (0..3).filter_map(|c| Some((c, range(c)?))).max_by_key(|(_, r)| *r)?;
    (range > 0 && cells.len() > 1)
        .then(|| (channel, f64::from(range).powi(2) * (count as f64).sqrt()))
}

/// The colour that stands for a box: the commonest if most are of it, else
/// the mean.
fn shown(cells: &[Cell]) -> [u8; 3] {
    let count: u64 = cells.iter().map(|c| c.count).sum();
    match cells.iter().max_by_key(|c| (c.count, c.key)) {
        Some(top) if top.count * 2 > count => top.mean,
        _ => [0, 1, 2].map(|i| {
            let sum: u64 = cells.iter().map(|c| u64::from(c.mean[i]) * c.count).sum();
            ((sum + count / 2) / count.max(1)) as u8
        }),
    }
}

/// Which share of all elements the commonest few colours make up.
pub(super) fn share_of_commonest(raster: &Raster, few: usize) -> f64 {
    let mut counts: Vec<u64> = histogram(raster).iter().map(|c| c.count).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let all: u64 = counts.iter().sum();
    counts.iter().take(few).sum::<u64>() as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::raster::tests::noise;
    use crate::units::Px;

    fn flat(colours: &[[u8; 3]]) -> Raster {
        let samples = colours.as_flattened().to_vec();
        let width = Px(u32::try_from(colours.len()).expect("few"));
        Raster { width, height: Px(1), channels: 3, samples, alpha: None }
    }

    #[test]
    fn a_few_colours_are_kept_as_they_are() {
        let (ink, paper, accent) = ([17, 17, 17], [244, 238, 226], [200, 69, 43]);
        let raster = flat(&[paper, ink, accent, paper, paper, ink]);
        let indexed = exact(&raster).expect("they are three");
        assert_eq!(indexed.palette, [paper, ink, accent]);
        assert_eq!(indexed.indices, [0, 1, 2, 0, 0, 1]);
        let reduced = reduced(&raster, 16);
        let back: Vec<_> = reduced.indices.iter().map(|i| reduced.palette[*i as usize]).collect();
        assert_eq!(back, [paper, ink, accent, paper, paper, ink]);
    }

    #[test]
    fn too_many_colours_are_not_exact_and_are_reduced_to_so_many() {
        let raster = noise(40, 40, 3);
        assert_eq!(exact(&raster), None);
        let indexed = reduced(&raster, 16);
        assert_eq!(indexed.palette.len(), 16);
        assert!(indexed.indices.iter().all(|i| *i < 16));
        assert_eq!(reduced(&raster, 16), indexed);
    }

    #[test]
    fn the_commonest_colour_of_a_box_is_not_tinted_by_the_rest() {
        let mut colours = vec![[244, 238, 226]; 90];
        colours.extend((0..10).map(|i| [100 + i * 10, 90 + i * 10, 80 + i * 10]));
        assert!(reduced(&flat(&colours), 2).palette.contains(&[244, 238, 226]));
    }
}
