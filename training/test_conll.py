"""Labels of CoNLL files:  python -m pytest training"""

from chain import Layers, spans
from conll import bilou, mentions, tokens_cut
from train import figures


def test_an_inside_label_that_does_not_go_on_begins_a_mention():
    labels = ["B-A", "I-A", "I-B", "O", "I-A", "B-A"]
    assert mentions(labels) == {(0, 2, "A"), (2, 3, "B"), (4, 5, "A"), (5, 6, "A")}


def test_tags_hold_the_same_spans_as_labels():
    labels = ["B-A", "I-A", "I-A", "O", "B-B", "B-A", "I-A"]
    layers = Layers(["0:O", *(f"0:{place}-{kind}" for kind in "AB" for place in "BILU")])
    assert spans(bilou(labels, ["A", "B"]), layers.types[0]) == mentions(labels)


def test_tokens_are_cut_where_the_cut_text_agrees():
    assert tokens_cut(["وقال", "نعم"], "▁و قال ▁نعم") == [[("و", True), ("قال", False)], [("نعم", True)]]
    assert tokens_cut(["1-2"], "▁1 ▁- ▁2") == [[("1-2", True)]]


def test_figures_are_precision_recall_and_f1_in_per_cent():
    tally = {
        ("found", "A"): 4,
        ("gold", "A"): 5,
        ("right", "A"): 3,
        ("found", "B"): 0,
        ("gold", "B"): 0,
        ("right", "B"): 0,
    }
    assert figures(tally, "AB", 2) == {"A": [75.0, 60.0, 66.67], "B": [0.0, 0.0, 0.0]}
