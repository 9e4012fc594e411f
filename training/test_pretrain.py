"""Which words pretraining hides:  python -m pytest training"""

import torch
from pretrain import HIDDEN, hide


def test_whole_words_are_hidden():
    torch.manual_seed(3)
    ids = torch.randint(4, 50, (200, 32))
    firsts = torch.rand(200, 32) < 0.6
    firsts[:, 0] = True
    ids[:, 0] = 0
    read, hidden, masked = hide(ids, firsts, 50, 3)
    assert not hidden[:, 0].any(), "marks of a row are not words"
    goes_on = ~firsts[:, 1:] & (ids[:, :-1] > 3)
    assert (hidden[:, 1:] == hidden[:, :-1])[goes_on].all(), "a word is hidden whole or not at all"
    assert (masked <= hidden).all() and ((read != ids) <= (hidden & ~masked)).all()
    assert abs(hidden[:, 1:].float().mean() - HIDDEN) < 0.02
    assert abs(masked.sum() / hidden.sum() - 0.8) < 0.03
