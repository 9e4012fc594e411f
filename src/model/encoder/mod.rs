//! The encoder: a transformer that reads the text itself, each word as a few subword pieces, and corrects the linear tagger.
//!
//! It was trained to add to the scores that the linear tagger's second pass gives each tag of each segment: the linear models know
//! the lexica and the rest of the document, the encoder knows the language. `training/` makes its file, which is kept apart from
//! the linear models' and read at first use.

mod pieces;
#[cfg(test)]
mod tests;
mod windows;

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use rten::{ModelOptions, NodeId, OpRegistry, RunOptions, ThreadPool, op_registry};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::{Candidate, Linears, Reader, Scorer, Task};
use crate::container;
use crate::error::{Error, ErrorKind, Result};
use crate::mention::tagger::is_read;
use crate::normalize::{Digits, Options, normalize};
use crate::segment::Segmentation;
use pieces::Pieces;

const MAGIC: &[u8; 8] = b"KHBENC\x00\x02";

/// The shipped encoder's file.
pub(super) static FILE: &[u8] = include_bytes!("../../data/models/encoder.bin");

/// Words as the encoder reads them: as written, but for marks and stretching, which its pieces hardly know.
const SPELLING: Options = Options {
    tashkeel: true,
    superscript_alef: true,
    quranic_marks: true,
    digits: Digits::European,
    ..Options::display()
};

/// A segment as the encoder reads it.
///
/// ```
/// use khabar::{model::encoder, segment::segment};
/// let text = segment("وقالت الحكومةُ")?;
/// assert_eq!([0, 1, 2].map(|i| encoder::word(&text, i)), ["و", "قالت", "الحكومة"]);
/// assert_eq!([0, 1, 2].map(|i| encoder::begins(&text, i)), [true, false, true]);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn word<'t>(segmentation: &Segmentation<'t>, segment: usize) -> Cow<'t, str> {
    normalize(segmentation.surface(segmentation.segments[segment].span), &SPELLING)
}

/// Whether a segment is the first of its token, so that its first piece is one that begins a word.
pub fn begins(segmentation: &Segmentation<'_>, segment: usize) -> bool {
    let token = segmentation.segments[segment].token;
    segmentation.tokens[token as usize].segments.start as usize == segment
}

/// The pieces and the network; shared between threads.
pub struct Encoder {
    pieces: Pieces,
    network: rten::Model,
    ids: NodeId,
    scores: Output,
    vectors: Output,
}

/// What the network gives: a row for each piece.
#[derive(Clone, Copy)]
struct Output {
    node: NodeId,
    width: usize,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder")
            .field("pieces", &self.pieces.len())
            .field("scores", &self.scores.width)
            .field("vectors", &self.vectors.width)
            .finish_non_exhaustive()
    }
}

fn bad(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Model, format!("encoder: {what}"))
}

/// Fitted on the dev part of `news_ner`, each half on the other: both 0.47. A network that was trained to the end is too sure.
const TRUST: f32 = 0.47;

/// The operations of the network. Others are left out of the program, which is smaller for it, and faster: the compiler
/// inlines what has one caller (softmax above all).
#[rustfmt::skip]
fn operations() -> OpRegistry {
    op_registry!(
        Add, Cast, Concat, DequantizeLinear, Div, DynamicQuantizeLinear, Erf, Gather, LayerNormalization, MatMul, MatMulInteger, Mul,
        Pow, Reshape, Shape, Slice, Softmax, Split, Transpose, Unsqueeze
    )
}

thread_local! {
    /// A thread of its own for each thread that asks: whole texts are read in parallel, not parts of one. It belongs to a process,
    /// for a forked child does not inherit threads.
    static POOL: RefCell<Option<(u32, Arc<ThreadPool>)>> = const { RefCell::new(None) };
}

fn pool() -> Arc<ThreadPool> {
    POOL.with_borrow_mut(|pool| {
        let process = std::process::id();
        match pool {
            Some((owner, pool)) if *owner == process => pool.clone(),
            _ => {
                let new = Arc::new(ThreadPool::with_num_threads(1));
                if let Some(inherited) = pool.replace((process, new.clone())) {
                    // Its threads are not here, so it could not be shut down.
                    std::mem::forget(inherited);
                }
                new
            }
        }
    })
}

/// Does work on the caller's thread of the network, and waits for it doing nothing else: a worker of another pool of rayon's would take up
/// the next text while it waits, in it the one after that, until its stack is full. So it is not the caller who enters the pool.
fn apart<T: Send>(work: impl FnOnce(&Arc<ThreadPool>) -> Result<T> + Send) -> Result<T> {
    let pool = pool();
    std::thread::scope(|scope| {
        let enter = std::thread::Builder::new().name("khabar-encoder".to_owned());
        let entered = enter.spawn_scoped(scope, || pool.run(|| work(&pool))).map_err(bad)?;
        entered.join().map_err(|_| bad("the network broke off"))?
    })
}

impl Encoder {
    /// The shipped encoder; read and checked at first use, shared after.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the embedded file is damaged.
    ///
    /// ```
    /// use khabar::{model::encoder::Encoder, segment::segment};
    /// let encoder = Encoder::shipped()?;
    /// let text = segment("وقال الوزير إن")?;
    /// let vectors = encoder.vectors(&text)?;
    /// assert_eq!(vectors.len(), text.segments.len() * encoder.vector_width());
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn shipped() -> Result<Arc<Self>> {
        static SHIPPED: OnceLock<Result<Arc<Encoder>, String>> = OnceLock::new();
        let load = || Self::load(FILE).map(Arc::new).map_err(|e| e.to_string());
        SHIPPED.get_or_init(load).clone().map_err(|message| Error::new(ErrorKind::Model, message))
    }

    /// Reads the encoder's file, which `training/export.py` writes, and tries it.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is truncated, damaged or of another kind or version.
    pub fn load(file: &[u8]) -> Result<Self> {
        let [network, table, odd] = container::read_checked(file, MAGIC, "encoder")?;
        let pieces = Pieces::read(table, odd)?;
        let network = ModelOptions::with_ops(operations()).prepack_weights(true).load(network.to_vec()).map_err(bad)?;
        let ids = network.node_id("ids").map_err(bad)?;
        let output = |name| Ok::<_, Error>(Output { node: network.node_id(name).map_err(bad)?, width: 0 });
        let (scores, vectors) = (output("scores")?, output("vectors")?);
        let mut encoder = Self { pieces, network, ids, scores, vectors };
        encoder.scores.width = encoder.try_out(scores.node)?;
        encoder.vectors.width = encoder.try_out(vectors.node)?;
        Ok(encoder)
    }

    /// Runs the network once; how wide its rows are.
    fn try_out(&self, output: NodeId) -> Result<usize> {
        let pieces = [self.pieces.begin, self.pieces.len() as u32 - 1, self.pieces.end];
        let [rows] = apart(|pool| self.run(&pieces, [output], pool))?;
        if rows.is_empty() || rows.len() % pieces.len() != 0 || !rows.iter().all(|x| x.is_finite()) {
            return Err(bad("rows of another form"));
        }
        Ok(rows.len() / pieces.len())
    }

    /// What the network gives for pieces, a row each.
    fn run<const N: usize>(
        &self,
        pieces: &[u32],
        outputs: [NodeId; N],
        pool: &Arc<ThreadPool>,
    ) -> Result<[Vec<f32>; N]> {
        let ids = NdTensor::from_data([1, pieces.len()], pieces.iter().map(|&p| p as i32).collect::<Vec<i32>>());
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let found = self.network.run_n(vec![(self.ids, ids.view().into())], outputs, Some(options)).map_err(bad)?;
        let mut all = [const { Vec::new() }; N];
        for (rows, found) in all.iter_mut().zip(found) {
            let tensor: NdTensor<f32, 3> = found.try_into().map_err(|_| bad("rows of another form"))?;
            *rows = tensor.into_data();
        }
        Ok(all)
    }

    /// The pieces of a segment, as the network reads them.
    pub fn split(&self, segmentation: &Segmentation<'_>, segment: usize) -> Vec<u32> {
        let mut pieces = Vec::new();
        self.pieces.split(&word(segmentation, segment), begins(segmentation, segment), &mut pieces);
        pieces
    }

    /// What is to be added to the linear tagger's scores of each segment: a row of all tags each, zeros where sentences are
    /// not read.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the network fails; one that [`Encoder::load`] has tried does not.
    pub fn scores(&self, segmentation: &Segmentation<'_>) -> Result<Vec<f32>> {
        let [scores] = self.read(segmentation, [self.scores])?;
        Ok(scores)
    }

    /// The last layer's vector of each segment's first piece: a row of [`Encoder::vector_width`] each, zeros where sentences are
    /// not read.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the network fails; one that [`Encoder::load`] has tried does not.
    pub fn vectors(&self, segmentation: &Segmentation<'_>) -> Result<Vec<f32>> {
        let [vectors] = self.read(segmentation, [self.vectors])?;
        Ok(vectors)
    }

    /// [`Encoder::scores`] and [`Encoder::vectors`] at the price of one.
    ///
    /// # Errors
    /// As they.
    pub(crate) fn scores_and_vectors(&self, segmentation: &Segmentation<'_>) -> Result<[Vec<f32>; 2]> {
        self.read(segmentation, [self.scores, self.vectors])
    }

    /// How many numbers the vector of a segment has.
    pub fn vector_width(&self) -> usize {
        self.vectors.width
    }

    /// The rows of the segments' first pieces.
    fn read<const N: usize>(&self, segmentation: &Segmentation<'_>, outputs: [Output; N]) -> Result<[Vec<f32>; N]> {
        let mut found = outputs.map(|output| vec![0.0; segmentation.segments.len() * output.width]);
        // The segments that are read, the pieces of all, how many each has, and where sentences end.
        let (mut segments, mut pieces, mut starts, mut ends) = (Vec::new(), Vec::new(), vec![0], Vec::new());
        for sentence in segmentation.sentences.iter().filter(|s| is_read(s)) {
            for segment in sentence.segments.range() {
                self.pieces.split(&word(segmentation, segment), begins(segmentation, segment), &mut pieces);
                segments.push(segment);
                starts.push(pieces.len());
            }
            ends.push(segments.len());
        }
        let sizes: Vec<usize> = starts.windows(2).map(|w| w[1] - w[0]).collect();
        if segments.is_empty() {
            return Ok(found);
        }
        apart(|pool| {
            let mut window = Vec::new();
            for windows::Window { read, keep } in windows::cut(&sizes, &ends) {
                let mine = &pieces[starts[read.start]..starts[read.end]];
                window.clear();
                window.push(self.pieces.begin);
                window.extend(mine.iter().take(windows::LONGEST));
                window.push(self.pieces.end);
                let all = self.run(&window, outputs.map(|output| output.node), pool)?;
                for ((rows, found), width) in all.iter().zip(&mut found).zip(outputs.map(|output| output.width)) {
                    for word in keep.clone() {
                        let row = 1 + starts[word] - starts[read.start];
                        let Some(row) = rows.get(row * width..(row + 1) * width) else { continue };
                        found[segments[word] * width..][..width].copy_from_slice(row);
                    }
                }
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// Linear models whose mention tagger an encoder corrects.
#[derive(Clone, Debug)]
pub struct Corrected {
    linears: Arc<Linears>,
    encoder: Arc<Encoder>,
}

impl Corrected {
    /// Of both.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where they do not tag alike.
    pub fn new(linears: Arc<Linears>, encoder: Arc<Encoder>) -> Result<Self> {
        match linears.get(Task::MentionFirst) {
            Some(tagger) if tagger.classes().len() == 2 * encoder.scores.width => Ok(Self { linears, encoder }),
            _ => Err(bad("made for another tagger")),
        }
    }
}

impl Scorer for Corrected {
    fn read<'a>(&'a self, segmentation: &'a Segmentation<'a>) -> Box<dyn Reader + 'a> {
        Box::new(CorrectedReader {
            linear: self.linears.read(segmentation),
            encoder: &self.encoder,
            segmentation,
            added: None,
        })
    }
}

struct CorrectedReader<'a> {
    linear: Box<dyn Reader + 'a>,
    encoder: &'a Encoder,
    segmentation: &'a Segmentation<'a>,
    /// The encoder's scores; the text is read when mentions are asked for, for most stages never ask.
    added: Option<Vec<f32>>,
}

impl Reader for CorrectedReader<'_> {
    fn score(&mut self, task: Task, candidate: Candidate<'_>, scores: &mut Vec<f32>) {
        self.linear.score(task, candidate, scores);
        let (Task::MentionFirst, [anchor]) = (task, candidate.anchors) else { return };
        // A network that ran when it was loaded runs; were it not so, the linear tagger's scores would stand.
        let added = self.added.get_or_insert_with(|| self.encoder.scores(self.segmentation).unwrap_or_default());
        let width = self.encoder.scores.width;
        let Some(row) = added.get(anchor.start as usize * width..(anchor.start as usize + 1) * width) else { return };
        // Of the second pass's scores, which stand behind the first's: what the first finds the second was trained to trust as much
        // as it deserves from the linear model.
        if let Some(second) = scores.get_mut(width..) {
            second.iter_mut().zip(row).for_each(|(score, more)| *score += more);
        }
    }

    fn classes(&self, task: Task) -> &[String] {
        self.linear.classes(task)
    }

    fn trust(&self) -> f32 {
        TRUST
    }
}
