//! A bar for those who watch a build that takes its time.
//!
//! It appears only on a terminal and only after half a second; most books are
//! finished before that, and a bar that flashes up tells nobody anything.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Step;

/// How long a build may take before there is a bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar is drawn again.
const TICK: Duration = Duration::from_millis(100);

/// A bar, or none; it goes away when it is finished or dropped.
pub struct Progress {
    /// What the painter draws; `None` when there is no bar, or no longer.
    running: Mutex<Option<(Sender<Step>, JoinHandle<()>)>>,
}

impl Progress {
    /// A bar for so many steps, if somebody is there to see it.
    pub fn start(wanted: bool, steps: usize) -> Progress {
        if !wanted || !io::stderr().is_terminal() {
            return Progress { running: Mutex::new(None) };
        }
        let (sender, receiver) = mpsc::channel();
        let painter = thread::spawn(move || paint(&receiver, steps));
        Progress { running: Mutex::new(Some((sender, painter))) }
    }

    /// Tells the bar that a step has begun.
    pub fn step(&self, step: Step) {
        if let Ok(running) = self.running.lock()
            && let Some((steps, _)) = &*running
        {
            // The painter ends only when this sender is gone.
            let _ = steps.send(step);
        }
    }

    /// Takes the bar away, so that something else can be said.
    pub fn finish(&self) {
        let running = self.running.lock().ok().and_then(|mut running| running.take());
        if let Some((steps, painter)) = running {
            drop(steps);
            let _ = painter.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

fn paint(steps: &Receiver<Step>, total: usize) {
    let mut begun: Vec<Step> = Vec::new();
    let deadline = std::time::Instant::now() + PATIENCE;
    loop {
        let left = deadline.saturating_duration_since(std::time::Instant::now());
        match steps.recv_timeout(left) {
            Ok(step) => begun.push(step),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    let bar =
        ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
        bar.set_style(style.progress_chars("━━ "));
    }
    bar.enable_steady_tick(TICK);
    show(&bar, &begun);
    while let Ok(step) = steps.recv() {
        begun.push(step);
        show(&bar, &begun);
    }
    bar.finish_and_clear();
}

fn show(bar: &ProgressBar, begun: &[Step]) {
    bar.set_position(begun.len().saturating_sub(1) as u64);
    if let Some(step) = begun.last() {
        bar.set_message(step.to_string());
    }
}
