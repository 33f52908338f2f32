//! The thread that makes and removes databases.

use std::{future::Future, thread};

use tokio::{
    runtime,
    sync::{mpsc, oneshot},
    task::JoinSet,
};

use super::session::Task;
use crate::{Error, Result};

/// Who makes and removes databases, one after the other.
pub(super) trait Performer: Send + 'static {
    /// Performs a task.
    fn perform(&mut self, task: Task) -> impl Future<Output = Result<()>> + Send;
}

/// A thread with connections to the server, and with a runtime of its own.
///
/// Tests come and go with their runtimes, so the connections can live on none of theirs, and `Drop` cannot
/// await. The tasks of one database are performed in order, those of several databases at once.
pub(super) struct Admin {
    lanes: Vec<mpsc::UnboundedSender<Job>>,
}

struct Job {
    task: Task,
    done: Box<dyn FnOnce(Result<()>) + Send>,
}

impl Admin {
    /// Starts the thread, on which the performers work at once.
    pub(super) fn start(performers: Vec<impl Performer>) -> Result<Self, String> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("cannot start a runtime: {error}"))?;
        let (lanes, queues): (_, Vec<_>) = performers.iter().map(|_| mpsc::unbounded_channel()).unzip();
        let mut work = JoinSet::new();
        for (performer, queue) in performers.into_iter().zip(queues) {
            work.spawn_on(serve(performer, queue), runtime.handle());
        }
        thread::Builder::new()
            .name("orm-testing".into())
            .spawn(move || runtime.block_on(work.join_all()))
            .map_err(|error| format!("cannot start a thread: {error}"))?;
        Ok(Self { lanes })
    }

    /// Performs a task, to its end even if the future is dropped.
    pub(super) async fn perform(&self, task: Task) -> Result<()> {
        let (sender, receiver) = oneshot::channel();
        self.submit(task, |outcome| {
            // Nobody listens when the future was dropped.
            let _ = sender.send(outcome);
        });
        receiver.await.unwrap_or_else(|_| Err(Error::connection("the thread that makes databases has ended")))
    }

    /// Has a task performed, and the outcome handed to `done`.
    pub(super) fn submit(&self, task: Task, done: impl FnOnce(Result<()>) + Send + 'static) {
        let lane = match &task {
            Task::Create { name, .. } | Task::Drop { name } => name.number() % self.lanes.len(),
            Task::Sweep => 0,
        };
        // Should the thread be gone, `done` is dropped, which closes the channel that it would send on.
        let _ = self.lanes[lane].send(Job { task, done: Box::new(done) });
    }
}

async fn serve(mut performer: impl Performer, mut queue: mpsc::UnboundedReceiver<Job>) {
    while let Some(Job { task, done }) = queue.recv().await {
        done(performer.perform(task).await);
    }
}
