"""Stories out of measured links."""

from __future__ import annotations

from schemas.reuse import Aligned, Component, Link, Reuse

LINK_RUN = 12


def links_story(link: Link) -> bool:
    return link.run >= LINK_RUN and not link.renamed


def cluster_stories(aligned: Aligned) -> Component:
    root = list(range(len(aligned.articles)))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for link in aligned.links:
        if links_story(link):
            one, other = find(link.a), find(link.b)
            root[max(one, other)] = min(one, other)
    ids = [article.article.id for article in aligned.articles]
    reuse = tuple(
        Reuse(article_id=ids[index], story=ids[find(index)], also_from=(), derivation="none", reused_share=0.0, reused=())
        for index in range(len(ids))
    )
    return Component(articles=aligned.articles, passages=aligned.passages, reuse=reuse)
