from __future__ import annotations


def parts(components) -> dict[str, tuple[str, float, list[str]]]:
    return {
        article.article.path: (
            part.derivation, part.reused_share, [article.cleaning.body_text[slice(*span)] for span in part.reused],
        )
        for component in components
        for article, part in zip(component.articles, component.reuse, strict=True)
    }  # fmt: skip


def test_what_other_sources_print_is_reused(article, press, components_of) -> None:
    story = press.story(10)
    own = press.story(9)
    found = parts(components_of([
        article("\n".join(story), "whole"), article("\n".join(story[:6]), "cut"),
        article("\n".join([own[0], story[1], *own[1:5], story[4], story[5], *own[5:]]), "rewritten"),
        article("\n".join(press.story(3)), "alone"),
    ]))  # fmt: skip
    assert found["cut"] == ("whole", 1.0, ["\n".join(story[:6])])
    assert found["whole"] == ("whole", 0.6, ["\n".join(story[:6])])
    assert found["rewritten"] == ("partial", 0.25, [story[1], f"{story[4]}\n{story[5]}"])
    assert found["alone"] == ("none", 0.0, [])


def test_copies_of_the_same_source_owe_nothing(article, press, components_of) -> None:
    text = "\n".join(press.story(8))
    found = parts(components_of([article(text, "first", source="gazette"), article(text, "again", source="gazette")]))
    assert found == {"first": ("none", 0.0, []), "again": ("none", 0.0, [])}


def test_articles_without_a_source_are_sources_of_their_own(article, press, components_of) -> None:
    text = "\n".join(press.story(8))
    found = parts(components_of([article(text, "first", source=None), article(text, "again", source=None)]))
    assert found == {"first": ("whole", 1.0, [text]), "again": ("whole", 1.0, [text])}


def test_a_quotation_inside_copies_is_reused(article, press, components_of) -> None:
    text = "\n".join([*press.story(4), '"' + press.sentence(12)[:-1] + '," she said.', *press.story(2)])
    found = parts(components_of([article(text, "first"), article(text.replace('"', "”"), "second")]))
    assert found["first"] == ("whole", 1.0, [text])


def test_a_merged_copy_is_whole_only_without_own_work(article, press, components_of) -> None:
    one, other, own = press.story(8), press.story(8), press.story(3)
    stories = (("a", one), ("b", other))
    copies = [article("\n".join(story), f"{name} {place}") for name, story in stories for place in range(3)]
    mixed = article("\n".join([*one[:6], *other[:6], *own]), "with own work")
    plain = article("\n".join([*one[2:], *other[2:]]), "nothing else")
    assert parts(components_of([*copies, mixed]))["with own work"][:2] == ("partial", 0.8)
    assert parts(components_of([*copies[1:], mixed]))["with own work"][:2] == ("whole", 0.8)  # a copy less says less
    assert parts(components_of([*copies, plain]))["nothing else"][:2] == ("whole", 1.0)
