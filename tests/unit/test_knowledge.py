"""The knowledge base: what is found under a word, and what its page says."""

from collections.abc import Iterator

import pytest

from postback_wizard import catalogue
from postback_wizard.catalogue.modes import FAILURE_MODES, modes
from postback_wizard.checks import rules, shown
from postback_wizard.commands.pages import printed
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.report.knowledge.codes import all_codes, code_lines, finding_lines
from postback_wizard.report.knowledge.concerning import modes_of, page_about, platforms_of
from postback_wizard.report.knowledge.entries import Kind, Ref
from postback_wizard.report.knowledge.index import MOST, find, index
from postback_wizard.report.knowledge.lines import Page
from postback_wizard.report.knowledge.messages import messages_of
from postback_wizard.report.knowledge.pages import OWN_FILES, page_of
from postback_wizard.tui.widgets.pagetext import PageText

MINE = (
    'id = "mine"\nname = "Mine [/b]"\nkind = "network"\nsources = ["https://a.example/"]\n'
    '[sends]\nclick_id = { is = ["[/mine]"], src = [1] }\n'
    '[[accepts.errors]]\ncontains = "Nope, not today"\nmeans = { en = "No.", ru = "Нет." }\n'
    'modes = ["offer-inactive"]\nsrc = [1]\n'
)
BAD = MINE.replace("click_id", "clickid")


@pytest.fixture
def own_files() -> Iterator[None]:
    """A file of one's own that is in order, and one that is not."""
    catalogue.use_own(lambda: [("bad.toml", BAD), ("mine.toml", MINE)])
    yield
    catalogue.use_own(lambda: ())


def refs(text: str) -> list[Ref]:
    return [hit.entry.ref for hit in find(text).hits]


def text_of(page: Page) -> str:
    return "\n".join(line.text for line in page.lines)


def related(ref: Ref) -> list[Ref]:
    return [entry.ref for entry in page_of(ref, "en").related]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("kind", ["platform", "upload", "macro", "param", "message", "code"])
def test_every_entry_has_a_page_that_begins_with_a_title(kind: Kind, lang: str) -> None:
    pages = [page_of(ref, lang) for ref in index() if ref.kind == kind]
    assert {page.lines[0].tone for page in pages} == {"title"}


def test_every_entry_is_found_by_its_name() -> None:
    crowded = ("param", "macro")  # names that more platforms share than a list shows
    lost = [ref for ref, entry in index().items() if ref.kind not in crowded and ref not in refs(entry.name)]
    assert lost == []


def test_every_related_entry_can_be_opened() -> None:
    missing = {found for ref in index() for found in related(ref)} - set(index())
    assert missing == set()


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("voluum", Ref("platform", "voluum")),
        ("VOLUUM", Ref("platform", "voluum")),
        ("meta_capi", Ref("upload", "meta_capi")),
        ("macro-literal", Ref("code", "macro-literal")),
        ("{subacc4}", Ref("macro", "adcombo {subacc4}")),
        ("subacc4", Ref("macro", "adcombo {subacc4}")),
        ("voluum clickid", Ref("macro", "voluum {clickid}")),
        ("affise broken clickid", Ref("message", "affise Broken clickid")),
        ("Broken clickid", Ref("message", "affise Broken clickid")),
    ],
)
def test_what_is_called_so_comes_first(text: str, ref: Ref) -> None:
    assert refs(text)[0] == ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("voluum clickid", Ref("macro", "voluum {clickid}")),
        ("макрос voluum", Ref("macro", "voluum {clickid}")),
        ("macro voluum", Ref("macro", "voluum {clickid}")),
        ("voluum txid", Ref("param", "voluum txid")),
        ("gclid", Ref("param", "google_ads_click_conversions gclid")),
        ("вид поломки токен", Ref("code", "auth-token-mismatch")),
        ("required voluum", Ref("param", "voluum cid")),
    ],
)
def test_words_of_either_language_say_whose_and_what_it_is(text: str, ref: Ref) -> None:
    assert ref in refs(text)


def test_the_beginning_of_a_word_is_nearer_than_its_middle() -> None:
    found = find("rate").hits
    inside = [place for place, hit in enumerate(found) if hit.entry.ref == Ref("platform", "adcombo")]
    begins = [place for place, hit in enumerate(found) if hit.entry.ref == Ref("upload", "meta_capi")]
    assert begins < inside


def test_every_word_is_wanted() -> None:
    assert find("voluum admitad").total == 0


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_leads_to_nothing(text: str) -> None:
    assert find(text) == ((), 0, 0)


def test_a_long_list_is_cut_and_says_how_long_it_is() -> None:
    found = find("a")
    assert (len(found.hits), found.total > MOST) == (MOST, True)


def test_the_same_name_of_several_platforms_is_not_one_exact_hit() -> None:
    assert find("{clickid}").exact > 1


def test_a_macro_says_what_it_means_which_way_it_goes_and_who_said_so() -> None:
    text = text_of(page_of(Ref("macro", "voluum {clickid}"), "en"))
    assert "Voluum sends it" in text
    assert "(click ID)" in text
    assert "https://doc.voluum.com/" in text


def test_a_macro_leads_to_its_platform_first() -> None:
    assert related(Ref("macro", "voluum {clickid}"))[0] == Ref("platform", "voluum")


def test_a_parameter_says_that_it_is_required() -> None:
    assert "cannot do without" in text_of(page_of(Ref("param", "voluum cid"), "en"))


def test_a_message_leads_to_its_modes_and_to_its_platform() -> None:
    assert related(Ref("message", "affise Broken clickid")) == [
        Ref("code", "click-id-altered"),
        Ref("code", "foreign-click-id"),
        Ref("code", "macro-literal"),
        Ref("platform", "affise"),
    ]


def test_a_message_of_several_modes_says_how_to_tell_them_apart() -> None:
    assert "How to tell them apart" in text_of(page_of(Ref("message", "affise Broken clickid"), "en"))


def test_a_mode_leads_to_the_messages_that_mean_it() -> None:
    assert Ref("message", "affise Broken clickid") in related(Ref("code", "macro-literal"))


def test_a_message_that_means_one_thing_only_is_named_before_vaguer_ones() -> None:
    counts = [len(item.modes) for item in messages_of(("unknown-click-id",))]
    assert counts == sorted(counts)


def test_every_failure_mode_and_every_rule_is_a_code_once() -> None:
    codes = [code for layer in all_codes().values() for code in layer]
    assert sorted(codes) == sorted({*rules(), *FAILURE_MODES})


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("mode", sorted(FAILURE_MODES - set(rules())))
def test_a_mode_without_a_check_still_says_what_to_do(mode: str, lang: str) -> None:
    assert modes()[mode].fix.say(lang) in [line.text for line in code_lines(mode, lang)]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_screen_and_command_say_the_same_of_every_code(lang: str) -> None:
    for code in sorted({*rules(), *FAILURE_MODES}):
        lines = page_of(Ref("code", code), lang).lines
        on_screen = " ".join(row.plain for row in PageText(lines)._at(90))
        assert "".join(on_screen.split()) == "".join("".join(printed(code_lines(code, lang))).split())


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("code", list(rules()))
def test_a_finding_is_explained_in_the_words_of_its_code(code: str, lang: str) -> None:
    example = shown(code)
    if example is None:
        assert code == "check-crashed"
        return
    page = {line.text for line in code_lines(code, lang)}
    told = [line.text for line in finding_lines(example, lang) if line.tone in ("text", "source")]
    assert [text for text in told if text not in page] == []


def test_a_finding_names_its_platforms_in_its_values() -> None:
    found = platforms_of(raised("request-refused", sender="Voluum", owners="Affise, Keitaro, …"), Facts())
    assert found == (Ref("platform", "voluum"), Ref("platform", "affise"), Ref("platform", "keitaro"))


def test_a_value_that_only_looks_like_a_platform_names_none() -> None:
    assert platforms_of(raised("macro-literal", param="branch", macro="impact"), Facts()) == ()


def test_a_speaker_of_the_dictionary_is_found_by_its_name() -> None:
    found = platforms_of(raised("partner-message-decoded", platform="TikTok Events API"), Facts())
    assert Ref("upload", "tiktok_events_api") in found


def test_otherwise_the_parties_of_the_case_are_meant() -> None:
    facts = Facts(sender="affise", receiver="voluum", ad_platform="tiktok_events_api")
    assert platforms_of(raised("macro-literal"), facts) == (Ref("platform", "affise"), Ref("platform", "voluum"))


def test_a_finding_of_an_upload_means_the_ad_platform() -> None:
    facts = Facts(sender="affise", ad_platform="tiktok_events_api")
    assert platforms_of(raised("upload-event-too-old"), facts) == (Ref("upload", "tiktok_events_api"),)


def test_the_modes_of_a_finding_are_its_code_and_those_in_its_values() -> None:
    assert modes_of(raised("request-refused", modes="offer-inactive unknown-click-id")) == (
        "offer-inactive",
        "unknown-click-id",
    )


def test_messages_of_the_partys_own_platform_come_first() -> None:
    page = page_about(raised("unknown-click-id"), Facts(receiver="trafficstars"), "en")
    first = next(entry for entry in page.related if entry.ref.kind == "message")
    assert first.ref.id.startswith("trafficstars ")


def test_without_a_platform_the_page_says_so() -> None:
    assert "None is known yet" in text_of(page_about(raised("macro-literal"), Facts(), "en"))


def test_a_finding_of_another_version_has_a_page() -> None:
    assert "no-such-code" in text_of(page_about(raised("no-such-code"), Facts(), "en"))


def raised(code: str, **values: str) -> Finding:
    rule = rules().get(code, rules()["check-crashed"])
    return Finding(code, rule.level, rule.confidence, rule.owner, values)


def test_ones_own_platform_is_found_with_its_macros(own_files: None) -> None:
    assert {Ref("platform", "mine"), Ref("macro", "mine [/mine]")} <= set(refs("mine"))


def test_a_message_of_ones_own_file_leads_to_its_mode(own_files: None) -> None:
    assert related(Ref("message", "mine Nope, not today"))[0] == Ref("code", "offer-inactive")


def test_a_file_with_a_fault_is_found_by_its_name(own_files: None) -> None:
    assert refs("bad.toml")[0] == Ref("file", "bad.toml")


@pytest.mark.parametrize("ref", [OWN_FILES, Ref("file", "bad.toml")])
def test_the_page_of_a_fault_says_file_line_key_and_reason(ref: Ref, own_files: None) -> None:
    text = text_of(page_of(ref, "en"))
    assert [part for part in ("bad.toml", "Line: 6", "Key: sends.clickid", "no such key") if part not in text] == []


def test_without_faults_their_page_says_that_all_is_well() -> None:
    assert "in order" in text_of(page_of(OWN_FILES, "en"))


@pytest.mark.parametrize("ref", [Ref("code", "nothing"), Ref("macro", "voluum {x}"), Ref("file", "x.toml")])
def test_what_nobody_knows_has_no_page(ref: Ref) -> None:
    with pytest.raises(KeyError):
        page_of(ref, "en")
