"""The credit at the end of a paragraph, and sentences that end on a name."""

import pytest

from transforms.attribution.credits import read_credits

BODY = [
    ("paragraph", "The council met on Monday to discuss the new bridge across the river, and members agreed to study it further."),
    ("paragraph", "Several residents had asked for more time to read the proposal, which runs to over two hundred pages and covers noise."),
]


@pytest.mark.parametrize(
    ("close", "agencies"),
    [
        ("The fund was started by former mayor Michael R. Bloomberg.", []),
        ("The money for the bridge had come from Mr. Bloomberg.", []),
        ("“We will block the plan for as long as it takes,” AP reports.", []),
        ("The work goes on at the bridge, the mayor said. PTI ABC DEF", ["pti"]),
        ("The work goes on at the bridge, the mayor said. Źródło: KAI", ["kai-pl"]),
        ("সেতুর কাজ চলছে বলে মেয়র সোমবার জানান।সূত্র: বাসস", ["bss-bd"]),
        ("A obra da ponte vai continuar, disse o autarca. ABC // DEF Lusa/Fim", ["lusa"]),
        (f"{'The work on the bridge goes on. ' * 4}— With assistance from Ann Lee and Bo Ray, Bloomberg News", ["bloomberg"]),
        (f"{'The work on the bridge goes on and on ' * 4}Photo : Ann Lee ( AP )", []),
    ],
)
def test_a_last_paragraph_ends_on_a_credit_or_on_a_name(close, agencies, article, registry):
    credits = read_credits(article([("headline", "A new bridge"), *BODY, ("paragraph", close)]), registry)
    assert [source.id for source in credits.info_sources] == agencies
