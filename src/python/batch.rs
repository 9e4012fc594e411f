//! Many texts at once, on several threads.
//!
//! A chunk of texts runs on a pool while the calling thread waits without the interpreter, waking often enough to see Ctrl-C.
//! Only the calling thread makes Python objects.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::{PyBaseException, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyList, PyTuple};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::errors;
use super::functions::{Analyzer, context};
use super::records::{Maker, Object};
use super::results::Analysis;
use crate::document::{Context, Wanted};
use crate::error::{ErrorKind, Result};

/// How long a waiting thread sleeps before it looks for Ctrl-C.
const NAP: Duration = Duration::from_millis(50);

/// The pool in use, with the process that made it and its number of threads.
static POOL: Mutex<Option<(u32, usize, Arc<ThreadPool>)>> = Mutex::new(None);

/// The pool of this process with a number of threads; as many as there are processors where none is given.
///
/// The threads of a pool do not live on in a forked child, which would wait for them for ever: so each process has its own.
pub(super) fn pool(py: Python<'_>, threads: Option<i64>) -> PyResult<Arc<ThreadPool>> {
    let threads = match threads {
        None => std::thread::available_parallelism().map_or(1, usize::from),
        Some(threads) => {
            usize::try_from(threads).ok().filter(|threads| (1..=1024).contains(threads)).ok_or_else(|| {
                errors::raise(py, ErrorKind::Argument, format!("threads is a number from 1 to 1024, not {threads}"))
            })?
        }
    };
    // Held only by threads attached to the interpreter, none of which forks meanwhile.
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some((of, with, pool)) = &*pool
        && (*of, *with) == (process, threads)
    {
        return Ok(Arc::clone(pool));
    }
    let new = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("khabar-{number}"))
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("no threads: {error}")))?;
    let new = Arc::new(new);
    if let Some((of, _, old)) = pool.replace((process, threads, Arc::clone(&new)))
        && of != process
    {
        // Its threads are the parent's; there is nothing here to be stopped.
        std::mem::forget(old);
    }
    Ok(new)
}

/// Work on a pool, to be waited for.
pub(super) struct Task<T> {
    receiver: Mutex<Receiver<std::thread::Result<T>>>,
    cancelled: Arc<AtomicBool>,
}

impl<T: Send + 'static> Task<T> {
    /// Starts work; it gets a function that tells whether it should stop.
    pub(super) fn start(
        pool: &ThreadPool,
        work: impl FnOnce(&(dyn Fn() -> bool + Sync)) -> T + Send + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(1);
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancelled);
        pool.spawn(move || {
            let result: Result<T, Box<dyn Any + Send>> =
                catch_unwind(AssertUnwindSafe(|| work(&|| flag.load(Ordering::Relaxed))));
            // Nobody listens any more where the wait was broken off.
            let _ = sender.send(result);
        });
        Self { receiver: Mutex::new(receiver), cancelled }
    }

    /// Waits for the result without holding the interpreter.
    ///
    /// # Errors
    /// What a signal handler raises (`KeyboardInterrupt`); the work is told to stop. `RuntimeError` where the result was taken before.
    pub(super) fn wait(&self, py: Python<'_>) -> PyResult<T> {
        loop {
            let received = py.detach(|| self.receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(NAP));
            match received {
                Ok(Ok(result)) => return Ok(result),
                Ok(Err(panic)) => resume_unwind(panic),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err("the result was taken before"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(signal) = py.check_signals() {
                        self.cancelled.store(true, Ordering::Relaxed);
                        return Err(signal);
                    }
                }
            }
        }
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// A row of a chunk: a text to be analysed, or why it cannot be.
type Row = PyResult<(PyBackedStr, Context)>;

/// The texts of a chunk, each with its analysis; None where the work was broken off.
type Done = Vec<Option<(PyBackedStr, Result<Analysis>)>>;

/// A chunk of texts under way.
#[pyclass(frozen, module = "khabar._core")]
pub(super) struct Job {
    task: Task<Done>,
    /// The rows that could not be read, with their places.
    failures: Mutex<Vec<(usize, PyErr)>>,
}

#[pymethods]
impl Job {
    /// Waits for the chunk and returns a Document or an exception for each text, in order.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let done = self.task.wait(py)?;
        let mut objects: Vec<Object<'py>> = Vec::with_capacity(done.len());
        for row in done {
            let Some((text, analysis)) = row else {
                return Err(PyRuntimeError::new_err("the work was broken off"));
            };
            objects.push(match analysis {
                Ok(analysis) => Maker::new(text.as_py_str().bind(py), &text)?.document(&analysis)?,
                Err(error) => errors::exception(py, &error).into_value(py).into_bound(py).into_any(),
            });
        }
        let failures = std::mem::take(&mut *self.failures.lock().unwrap_or_else(PoisonError::into_inner));
        for (place, error) in failures {
            objects.insert(place, error.into_value(py).into_bound(py).into_any());
        }
        PyList::new(py, objects)
    }
}

/// Reads (text, date, id, source), or the exception that stands for a row that could not be made.
fn row(row: &Bound<'_, PyAny>) -> Row {
    if row.is_instance_of::<PyBaseException>() {
        return Err(PyErr::from_value(row.clone()));
    }
    let row = row.cast::<PyTuple>()?;
    if row.len() != 4 {
        return Err(PyTypeError::new_err("a row is (text, date, id, source)"));
    }
    let field = |index: usize| -> PyResult<Option<Object<'_>>> {
        let value = row.get_item(index)?;
        Ok((!value.is_none()).then_some(value))
    };
    let (date, id, source) = (field(1)?, field(2)?, field(3)?);
    let context = context(date.as_ref(), id.as_ref(), source.as_ref())?;
    Ok((errors::text(&row.get_item(0)?)?, context))
}

/// Makes the pool for a number of threads, or tells that there can be none.
#[pyfunction]
pub(super) fn check_threads(py: Python<'_>, threads: Option<i64>) -> PyResult<()> {
    pool(py, threads).map(|_| ())
}

/// Starts on a chunk of (text, date, id, source) rows.
#[pyfunction]
pub(super) fn start(
    py: Python<'_>,
    analyzer: &Analyzer,
    rows: &Bound<'_, PyList>,
    threads: Option<i64>,
) -> PyResult<Job> {
    let pool = pool(py, threads)?;
    let mut failures = Vec::new();
    let mut texts = Vec::with_capacity(rows.len());
    for (place, item) in rows.iter().enumerate() {
        match row(&item) {
            Ok(row) => texts.push(row),
            Err(error) => failures.push((place, error)),
        }
    }
    let analyzer = analyzer.inner.clone();
    let task = Task::start(&pool, move |stopped| {
        let analyze = |(text, context): (PyBackedStr, Context)| {
            if stopped() {
                return None;
            }
            let analysis = analyzer.analyze_for(&text, context, Wanted::ALL).map(Analysis::from);
            Some((text, analysis))
        };
        texts.into_par_iter().with_max_len(1).map(analyze).collect()
    });
    Ok(Job { task, failures: Mutex::new(failures) })
}
