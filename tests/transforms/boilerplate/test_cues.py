"""Every cue proves itself, and a wrong table says where it is wrong."""

import pickle
import time
from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from transforms.boilerplate.cues import Cue, CueTable, SourceCues, load_cue_text, load_cues, our_cues
from transforms.boilerplate.folding import fold_lines
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.triggers import finder

TABLE = our_cues()


@pytest.mark.parametrize("cue", TABLE.cues, ids=lambda cue: cue.id)
def test_every_cue_takes_its_hits_and_no_cue_takes_its_misses(cue: Cue) -> None:
    alone = CueTable([cue])
    assert cue.hits and cue.misses
    assert [hit for hit in cue.hits if LineMatcher(alone, hit).match(hit) is None] == []
    taken = {miss: found.id for miss in cue.misses if (found := LineMatcher(TABLE, miss).match(miss)) is not None}
    assert taken == {}


def test_a_cue_is_named_after_its_language_and_class() -> None:
    assert [cue.id for cue in TABLE.cues if not cue.id.partition(".")[2].startswith(cue.cls)] == []


@pytest.mark.parametrize(
    "filler", ["a ", "read more ", "- ", "1 ", "\u00a9 ", "/ > ", "sign up to our newsletter ", "#", "\u00b7 ", ", a", "| ", "a.", ": "]
)
def test_no_pattern_backtracks_without_bound(filler: str) -> None:
    """Longer than any line that is tried, of what patterns repeat over: a bound of their work, not of this machine.

    Alone, and behind the first words of what the cue takes, for some repeat only over what comes behind these; the line
    ends on what no cue takes, else the first way through it would do.
    """
    line = (filler * 700)[:699]
    cues = [(finder(cue.pattern), cue.hits) for cue in TABLE.cues if cue.pattern is not None]
    start = time.process_time()
    for pattern, hits in cues:
        pattern(line)
        for hit in hits[:8]:
            words = fold_lines([hit])[0].split()
            for kept in (1, 2, len(words)):
                pattern(f"{' '.join(words[:kept])} {line[:200]}\n.")
    assert time.process_time() - start < 20  # CPU seconds; without the bound it is hours


def test_an_unknown_key_is_named_with_those_that_are_known() -> None:
    text = '[[cue]]\nid = "x.tags"\nclass = "tags"\nphrase = ["tags"]\n'
    message = "x.toml: [[cue]] 1: unknown key 'phrase'; known keys are class, every, gate, glue, hits, id, misses, opens, pattern, phrases, starts, states, topic"
    with pytest.raises(ConfigurationError) as caught:
        load_cue_text(text, "x.toml")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[cue]]\nid =", "x.toml: no TOML: "),
        ('[[cue]]\nclass = "tags"\n', "x.toml: [[cue]] 1: 'id' is missing; every cue has an id and a class"),
        ('[[cue]]\nid = "x"\nclass = "tags"\n', "x.toml: [[cue]] 1 (x): takes nothing; give 'phrases', 'pattern', 'every' or 'topic'"),
        ('[[cue]]\nid = "x"\nclass = "tags"\npattern = "^a"\n', "x.toml: [[cue]] 1 (x): a pattern without 'gate'; name words or signs that every match contains"),
        ('[[cue]]\nid = "x"\nclass = "tags"\ngate = ["a"]\npattern = "(a"\n', "x.toml: [[cue]] 1 (x): 'pattern' is no regular expression: "),
        ('[[cue]]\nid = "x"\nclass = "tags"\ngate = ["a"]\npattern = ["a", 1]\n', "x.toml: [[cue]] 1 (x): 'pattern' is ['a', 1]; allowed is a text, or a list of texts"),
        ('[[cue]]\nid = "x"\nclass = "tags"\nphrases = "tags"\n', "x.toml: [[cue]] 1 (x): 'phrases' is 'tags'; allowed is a list of texts"),
        ('[reader]\nverbs = ["a"]\n', "x.toml: [reader]: unknown key 'verbs'; known keys are address, every, outlet, report, start, story"),
    ],
)  # fmt: skip
def test_a_wrong_cue_says_where_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_cue_text(text, "x.toml")
    assert str(caught.value).startswith(message)


def test_a_list_of_alternatives_is_one_pattern_of_whole_lines() -> None:
    (cue,) = load_cue_text('[[cue]]\nid = "x"\nclass = "tags"\ngate = ["a"]\npattern = ["a+", "b|c"]\n', "x.toml")
    assert cue.pattern == "^(?:a+|b|c)$"


def test_two_cues_of_one_id_are_refused(tmp_path: Path) -> None:
    cue = '[[cue]]\nid = "x.tags"\nclass = "tags"\nphrases = ["tags"]\n'
    (tmp_path / "a.toml").write_text(cue)
    (tmp_path / "b.toml").write_text(cue)
    with pytest.raises(ConfigurationError, match="cue 'x.tags' stands twice; ids are unique over all tables"):
        load_cues(tmp_path)


def test_tables_come_back_from_where_a_step_carries_them() -> None:
    assert pickle.loads(pickle.dumps(our_cues())) is our_cues()
    own = load_cue_text('[[cue]]\nid = "gazette.club"\nclass = "newsletter"\nphrases = ["Join the club"]', "own")
    sources = pickle.loads(pickle.dumps(SourceCues(our_cues(), {"gazette": own})))
    assert sources.of("tribune") is our_cues() is sources.of(None)
    assert sources.of("gazette") is sources.of("gazette")
    assert sources.of("gazette").cues == (*own, *our_cues().cues)


def test_a_sources_own_cues_are_tried_first() -> None:
    own = load_cue_text('[[cue]]\nid = "gazette.club"\nclass = "membership"\nphrases = ["menu"]\n', "gazette.toml")
    line = "Menu"
    assert LineMatcher(TABLE, line).match(line).id == "en.nav_menu"
    assert LineMatcher(TABLE.with_cues(own), line).match(line).id == "gazette.club"
