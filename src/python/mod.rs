//! The Python bindings: the module `khabar._core`, under the package in `python/khabar`.

mod arrow;
mod batch;
mod columns;
mod dates;
mod enums;
mod errors;
mod functions;
mod lexicon;
mod normalize;
mod records;
mod results;
mod tagger;
mod words;

use pyo3::prelude::*;

#[pymodule]
mod _core {
    use super::{PyModule, PyResult, normalize, records};
    use pyo3::types::PyModuleMethods;

    #[pymodule_export]
    use super::arrow::{Table, Texts, arrow_analyze, arrow_normalize, arrow_tokenize};
    #[pymodule_export]
    use super::batch::{Job, check_threads, start};
    #[pymodule_export]
    use super::functions::{Analyzer, model_versions, parse_numbers, parse_times, sentences};
    #[pymodule_export]
    use super::lexicon::Lexicon;
    #[pymodule_export]
    use super::tagger::Tagger;
    #[pymodule_export]
    use super::words::{analyze_word, is_stop, segment_word, stem, to_conllu, tokenize};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        normalize::register(module)?;
        // A package and a module that do not belong together are told of at once, not at the first result.
        records::Classes::get(module.py()).map(|_| ())
    }
}
