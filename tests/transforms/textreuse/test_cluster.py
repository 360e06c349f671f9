from __future__ import annotations

from itertools import combinations

import pytest

from schemas.reuse import Candidates, Gathered
from transforms.textreuse.align import align_candidates
from transforms.textreuse.cluster import cluster_stories
from transforms.textreuse.columns import article_number

QUOTE = "We will not let a single family drink from them until every pipe has been replaced"


def cut(story: list[str], *places: int) -> str:
    return "\n".join(story[place] for place in places)


def test_copies_cut_reordered_and_edited_are_one_story(article, press, stories_of) -> None:
    story = press.story()
    edited = [" ".join("so" if place % 9 == 8 else word for place, word in enumerate(one.split())) for one in story]
    told = stories_of([
        article(cut(story, *range(12)), "whole"), article(cut(story, 0, 1, 2, 3), "cut"),
        article(cut(story, 8, 2, 5, 0), "reordered"), article("\n".join(edited), "edited"),
        article("\n".join(press.story(3)), "alone"),
    ])  # fmt: skip
    assert told == {"alone": ("alone", ()), **{
        name: ("cut edited reordered whole", ()) for name in ("whole", "cut", "reordered", "edited")
    }}


@pytest.mark.parametrize("merged_first", [True, False])
def test_a_merged_copy_leaves_two_stories_two(article, press, stories_of, merged_first: bool) -> None:
    one, other = press.story(), press.story()
    both = [text for pair in zip(one[:6], other[:5], strict=False) for text in pair]
    articles = [
        article("\n".join(both + one[6:8]), "merged"),
        article(cut(one, *range(12)), "one whole"), article(cut(one, *range(8)), "one cut"),
        article(cut(other, *range(12)), "other whole"), article(cut(other, *range(7)), "other cut"),
    ]  # fmt: skip
    told = stories_of(articles if merged_first else articles[::-1])
    assert told["merged"] == ("merged one cut one whole", ("other cut other whole",))
    assert told["one cut"] == told["one whole"] == ("merged one cut one whole", ())
    assert told["other cut"] == told["other whole"] == ("other cut other whole", ())


def test_two_merged_copies_do_not_make_two_stories_one(article, press, stories_of) -> None:
    one, other = press.story(), press.story()
    articles = [
        article("\n".join(one[:6] + other[:5]), "merged 1", agencies=("afp", "ap")),
        article("\n".join(one[:5] + other[:6]), "merged 2"),
        article(cut(one, *range(12)), "one", agencies=("afp",)),
        article(cut(other, *range(12)), "other", agencies=("ap",)),
    ]  # fmt: skip
    told = stories_of(articles)
    assert {told["one"][0], told["other"][0]} == {"merged 1 one", "merged 2 other"} or (
        told["one"][0].split()[-1] == "one" and "other" not in told["one"][0]
    )
    for merged in ("merged 1", "merged 2"):
        assert {told[merged][0], *told[merged][1]} == {told["one"][0], told["other"][0]}


def test_a_round_up_does_not_make_two_stories_one(article, press, stories_of) -> None:
    one, other = press.story(), press.story()
    told = stories_of([
        article("\n".join([*press.story(6), one[0], one[1], *press.story(3), other[0], other[1]]), "round-up"),
        article(cut(one, *range(12)), "one a"), article(cut(one, *range(8)), "one b"),
        article(cut(one, 0, 1, 5), "one c"), article(cut(other, *range(12)), "other a"),
        article(cut(other, *range(9)), "other b"), article(cut(other, 1, 4, 5), "other c"),
    ])  # fmt: skip
    assert told["one a"][0] != told["other a"][0]
    assert told["one a"][0] == told["one b"][0] == told["one c"][0]
    assert told["other a"][0] == told["other b"][0] == told["other c"][0]


def test_a_shared_quotation_does_not_link(article, press, stories_of) -> None:
    told = stories_of([
        article("\n".join([*press.story(5), f"“{QUOTE}.”", *press.story(4)]), "one"),
        article("\n".join([*press.story(4), f'The minister put it like this: "{QUOTE}."', *press.story(5)]), "other"),
    ])  # fmt: skip
    assert told == {"one": ("one", ()), "other": ("other", ())}


def test_several_quotations_in_order_link_within_two_days(article, press, stories_of) -> None:
    quotes = [f"“{press.sentence(12)}”" for _ in range(3)]
    bodies = [
        "\n".join(part for quote in quotes for part in (press.sentence(8), quote)) for _ in range(2)
    ]  # fmt: skip
    near = stories_of([article(bodies[0], "one", day="2024-03-01"), article(bodies[1], "other", day="2024-03-03")])
    far = stories_of([article(bodies[0], "one", day="2024-03-01"), article(bodies[1], "other", day="2024-03-04")])
    assert near["one"] == ("one other", ()) and far["one"] == ("one", ())


def test_a_form_that_is_filled_in_again_is_no_story(article, press, stories_of) -> None:
    form = (
        "Police in {0} said on Monday that {1} people were held after a fight outside a hall in the east of {0}. "
        "The mayor, {2}, asked for calm and said that {1} would appear before a judge at the court of {3} in the coming days."
    )
    told = stories_of([
        article(form.format("Arlon", 12, "Petra Kunz", "Namur") + press.sentence(), "one"),
        article(form.format("Brest", 31, "Yves Morel", "Rennes") + press.sentence(), "other"),
    ])  # fmt: skip
    assert told["one"] == ("one", ())


def test_the_words_of_a_form_are_background(article, press, components_of) -> None:
    form = "Police in the county said that {}, {}, of {}, was arrested on suspicion of driving under the influence and taken to the county jail."
    articles = [
        article(form.format(*filled) + press.sentence(), name)
        for name, filled in (("one", ("Petra Kunz", 34, "Namur")), ("other", ("Yves Morel", 51, "Rennes")))
    ]
    (component,) = components_of(articles)
    assert {passage.kind for passage in component.passages} == {"background"}


def test_the_words_of_a_form_are_no_reuse_though_another_copy_joins_both(article, press) -> None:
    form = "Police in the county said that {}, {}, of {}, was arrested on suspicion of driving under the influence and taken to the county jail."
    one, other = form.format("Petra Kunz", 34, "Namur"), form.format("Yves Morel", 51, "Rennes")
    own, others = press.story(8), press.story(8)
    articles = [
        article("\n".join([one, *own]), "one"),
        article("\n".join([other, *others]), "other"),
        article("\n".join([*own, *others]), "both"),
    ]
    articles = tuple(sorted(articles, key=lambda one: one.article.id))
    numbers = tuple(article_number(one.article.id) for one in articles)
    candidates = Candidates(
        numbers=numbers, words=tuple(len(one.cleaning.body_text.split()) for one in articles),
        pairs=tuple(combinations(numbers, 2)), groups=numbers, components=(numbers[0],) * 3, background=(),
    )  # fmt: skip
    component = cluster_stories(align_candidates(Gathered(candidates=candidates, articles=articles)))
    bodies = {clean.article.id: clean.cleaning.body_text for clean in articles}
    assert "background" in {passage.kind for passage in component.passages}
    for part in component.reuse:
        assert not any("Police" in bodies[part.article_id][start:end] for start, end in part.reused)
        assert part.reused


def test_a_form_filled_in_alike_is_a_copy(article, press, stories_of) -> None:
    form = (
        "Shares of {} closed at {} dollars after the company said that profit in the quarter came to {} million dollars. "
        "The results met the expectations of {} analysts that were surveyed before. Shares have gained {} percent since January."
    )
    articles = []
    for number in range(12):
        names = (press.sentence(1)[:-1], *press.random.sample(range(10, 99), 4))
        articles += [
            article(form.format(*names), f"{number} {copy}", day=f"2024-03-{1 + 2 * number:02}") for copy in ("ap", "paper")
        ]
    told = stories_of(articles)
    assert {story for story, _ in told.values()} == {f"{number} ap {number} paper" for number in range(12)}


def test_one_source_repeats_its_background_without_a_story(article, press, stories_of) -> None:
    standing = "\n".join(press.story(2))
    bodies = ["\n".join([*press.story(30), standing]) for _ in range(2)]
    same = stories_of([article(body, name, source="gazette") for body, name in zip(bodies, "ab", strict=True)])
    assert same == {"a": ("a", ()), "b": ("b", ())}


def test_the_same_stories_in_any_order_and_packing(article, press, stories_of) -> None:
    articles, previous = [], press.story()
    for number in range(10):
        story = press.story()
        for copy in range(1 + number % 5):
            body = story[copy : 12 - copy // 2] + ([*previous[:5]] if copy == 1 else [])
            articles.append(article("\n".join(body), f"{number} {copy}", day=None if copy == 2 else "2024-03-01"))
        previous = story
    expected = stories_of(articles)
    assert len({story for story, _ in expected.values()}) == 10
    for size in (1, 7):
        press.random.shuffle(articles)
        assert stories_of(articles, size) == expected


def test_a_story_does_not_change_when_strangers_come(article, press, stories_of) -> None:
    story = press.story()
    copies = [article(cut(story, *range(place, 12)), str(place)) for place in range(4)]
    strangers = [article("\n".join(press.story(5)), f"stranger {place}") for place in range(100)]
    alone, together = stories_of(copies), stories_of([*strangers, *copies])
    assert alone == {name: together[name] for name in alone}


@pytest.mark.parametrize(
    "letters",
    [
        "伊拉克总理谴责空袭并要求各方避免局势升级北京上海广州经济增长数据公布",
        "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮ",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    ],
)
def test_copies_in_other_scripts(article, press, stories_of, letters: str) -> None:
    def text(spaced: bool) -> str:
        run = "".join(press.random.choices(letters, k=400))
        return " ".join(run[place : place + 5] for place in range(0, 400, 5)) if spaced else run

    spaced = letters.startswith("ا")
    one, other = text(spaced), text(spaced)
    told = stories_of([article(one, "a"), article(one[:250], "b"), article(other, "c")])
    assert told == {"a": ("a b", ()), "b": ("a b", ()), "c": ("c", ())}


def test_thousands_of_copies_are_one_story(article, press, components_of) -> None:
    story = press.story(15)
    articles = [article("\n".join(story[: press.random.randint(5, 15)]), str(place)) for place in range(1500)]
    (component,) = components_of(articles)
    assert len({part.story for part in component.reuse}) == 1


def test_a_crowd_of_any_size_is_one_story(article, press, stories_of) -> None:
    story = press.story(16)
    told = stories_of([article("\n".join(story[: 16 - copy % 3]), f"copy {copy:03d}") for copy in range(60)])
    assert len(set(told.values())) == 1


def test_daily_digests_leave_every_story_whole_and_apart(article, press, stories_of) -> None:
    stories = [press.story(press.random.randint(6, 14)) for _ in range(9)]
    articles = [
        article("\n".join(story[: press.random.randint(3, len(story))]), f"{number} {copy}")
        for number, story in enumerate(stories)
        for copy in range(4)
    ]
    for digest in range(6):
        chosen = press.random.sample(range(9), 6)
        text = [part for number in chosen for part in stories[number][: 1 + digest % 3]]
        articles.append(article("\n".join([press.sentence(), *text]), f"digest {digest}"))
    told = stories_of(articles)
    for number in range(9):
        assert len({told[f"{number} {copy}"] for copy in range(4)}) == 1
    assert len({told[f"{number} 0"][0] for number in range(9)}) == 9


def test_two_agencies_at_one_speech_wrote_two_stories(article, press, stories_of) -> None:
    quotes = [f"“{press.sentence(14)}”" for _ in range(5)]
    told = stories_of([
        article("\n".join(text for pair in zip(story[:cut], quotes) for text in pair), f"{agency} {cut}")
        for agency, story in (("afp", press.story(8)), ("ap", press.story(8)))
        for cut in (5, 4, 3)
    ])  # fmt: skip
    assert {story for story, _ in told.values()} == {"afp 3 afp 4 afp 5", "ap 3 ap 4 ap 5"}


def test_the_next_days_report_that_repeats_a_fifth_is_another_story(article, press, stories_of) -> None:
    first, second = press.story(), press.story(9)
    second[4:4] = first[3:6]
    told = {}
    for day in ("2024-03-01", "2024-03-02"):
        told[day] = stories_of([
            *(article("\n".join(first), f"first {n}", day="2024-03-01") for n in range(3)),
            *(article("\n".join(second), f"second {n}", day=day) for n in range(3)),
        ])  # fmt: skip
    assert told["2024-03-02"]["second 0"] == ("second 0 second 1 second 2", ())
    assert told["2024-03-02"]["first 0"] == ("first 0 first 1 first 2", ())
    assert told["2024-03-01"]["first 0"][0] == told["2024-03-01"]["second 0"][0]  # an update


def test_two_agencies_that_share_a_pool_report_wrote_two_stories(article, press, stories_of) -> None:
    pool = press.story(3)
    wires = {name: [*press.story(5), *pool, *press.story(4)] for name in ("afp", "ap")}
    told = stories_of([
        article("\n".join(wire), f"{name} {n}", agencies=(name,) if n == 0 else ())
        for name, wire in wires.items()
        for n in range(3)
    ])  # fmt: skip
    assert told["afp 1"] == ("afp 0 afp 1 afp 2", ())
    assert told["ap 1"] == ("ap 0 ap 1 ap 2", ())


def test_parts_of_a_series_stay_apart_though_a_short_copy_holds_much_of_what_is_said_again(
    article, press, stories_of
) -> None:
    first = press.story(20)
    second = [*first[:5], *press.story(16)]
    told = stories_of([
        *(
            article("\n".join(first[:length]), f"first {n}", source=f"paper {n}", day="2024-03-01")
            for n, length in enumerate((20, 9, 20))
        ),
        *(article("\n".join(second), f"second {n}", source=f"paper {n}", day="2024-03-08") for n in range(3)),
    ])  # fmt: skip
    assert told["first 1"] == ("first 0 first 1 first 2", ())
    assert told["second 0"] == ("second 0 second 1 second 2", ())


def test_a_rewrite_that_one_paper_prints_twice_is_no_other_report(article, press, stories_of) -> None:
    wire = press.story(8)
    rewrite = [*wire[:3], *press.story(9)]
    told = stories_of([
        *(article("\n".join(wire), f"wire {n}", day="2024-03-01") for n in range(3)),
        *(article("\n".join(rewrite), f"rewrite {n}", source="gazette", day="2024-03-02") for n in range(2)),
    ])  # fmt: skip
    assert told["rewrite 0"] == ("rewrite 0 rewrite 1 wire 0 wire 1 wire 2", ())


def test_an_agency_that_heard_the_same_speech_is_not_named_by_copies_without_a_credit(article, press, stories_of) -> None:
    quotes = [f"“{press.sentence(16)[:-1]},” the minister said." for _ in range(2)]
    one, other = press.story(6), press.story(6)
    one[2:2], other[3:3] = quotes, quotes
    told = stories_of([
        article("\n".join(one), "afp", agencies=("afp",)), article("\n".join(one[:6]), "uncredited"),
        article("\n".join(other), "ap", agencies=("ap",)),
    ])  # fmt: skip
    assert told == {"afp": ("afp uncredited", ()), "uncredited": ("afp uncredited", ()), "ap": ("ap", ())}


def test_an_update_that_quotes_what_another_agency_heard_is_no_merge(article, press, stories_of) -> None:
    flash, tributes = press.story(5), [f"“{press.sentence(16)[:-1]},” the mayor said." for _ in range(3)]
    full, other = [*flash[:4], *press.story(2), *tributes, *press.story(4)], [*press.story(4), *tributes[:2]]
    told = stories_of([
        *(article("\n".join(flash), f"flash {n}", agencies=("afp",)) for n in range(2)),
        *(article("\n".join(full), f"full {n}", agencies=("afp",)) for n in range(2)),
        *(article("\n".join(other), f"other {n}", agencies=("ap",)) for n in range(2)),
    ])  # fmt: skip
    assert told["full 0"] == told["flash 0"] == ("flash 0 flash 1 full 0 full 1", ())
    assert told["other 0"] == ("other 0 other 1", ())


def test_copies_of_a_digest_stay_together(article, press, stories_of) -> None:
    stories = [press.story() for _ in range(4)]
    digest = [text for story in stories for text in story[:2]]
    told = stories_of([
        *(article("\n".join(story), f"story {n} {m}") for n, story in enumerate(stories) for m in range(2)),
        *(article("\n".join(digest), f"digest {n}") for n in range(3)),
    ])  # fmt: skip
    for n in range(4):
        assert told[f"story {n} 0"][0].replace("digest 0 digest 1 digest 2 ", "") == f"story {n} 0 story {n} 1"
    assert told["digest 0"] == told["digest 1"] == told["digest 2"]
    assert {told["digest 0"][0], *told["digest 0"][1]} == {told[f"story {n} 0"][0] for n in range(4)}
