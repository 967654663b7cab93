//! Reads a tide gauge.

// ANCHOR: all
pub fn height(marks: &[u32]) -> u32 {
    // ANCHOR: heart
    let sum: u32 = marks.iter().sum();
    sum / marks.len() as u32
    // ANCHOR_END: heart
}
// ANCHOR_END: all

# fn hidden() {}
pub fn range(flood: u32, ebb: u32) -> u32 {
    flood - ebb
}
