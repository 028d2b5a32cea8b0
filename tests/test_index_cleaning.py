import time

import pytest

from index.text.furniture import furniture


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "IE 9 is not supported. For the best experience, visit us with another browser.",
        "Your browser is no longer supported.",
        "You are using an outdated browser. Please upgrade.",
        "Please enable JavaScript to play this video.",
        "Latest News",
        "LATEST NEWS",
        "Top Stories",
        "Related articles:",
        "You may also like",
        "Most read",
        "Editors' picks",
        "Share this",
        "Share this article",
        "Facebook Twitter Email",
        "Facebook | X | WhatsApp | Copy link",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Read more: Council votes on the tram",
        "Read more »",
        "Related: Bakers go back to work",
        "Follow us on Instagram and Facebook",
        "Follow Mara Lind on Twitter",
        "Sign up for our daily newsletter and get the news first.",
        "Subscribe to our morning briefing, straight to your inbox",
        "Get the day's news in your inbox.",
        "We use cookies to improve your experience.",
        "By continuing to use this site you agree to our privacy policy.",
        "IMAGE: The harbour at dawn",
        "Photo: Mara Lind",
        "FILE - In this Jan. 5, 2019 file photo, the harbour is seen.",
        "Image caption, The harbour at dawn",
        "(AP Photo/Mara Lind)",
        "The harbour at dawn on Monday.Mara Lind / AFP - Getty Images",
        "Boats lie in the harbour on Monday. Mara Lind / EPA",
        "Boats lie in the harbour. (Mara Lind/Reuters)",
        "Boats lie in the harbour on Monday. (Photo: Mara Lind)",
        "Photograph: Mara Lind/Shutterstock",
        "Photo by Mara Lind",
        "From left Mayor Ana Ruiz Councillor Tom Berg Harbour Master Eva Holm and Minist",
        "© 2021 The Harbour Post. All rights reserved.",
        "Copyright 2021 Harbour Media",
        "All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "(Reporting by Mara Lind; Editing by Tom Berg)",
        "pic.twitter.com/a1B2c3D4e5",
        "https://t.co/a1B2c3D4e5",
        "3 min read",
        "12-minute read",
        "Lesezeit: 3 Minuten",
        "14 Comments",
        "Leave a comment",
        "Skip to main content",
        "Tags: harbour, storm",
        "Anzeige",
        "Lesen Sie auch: Der Hafen schließt",
        "Foto: Mara Lind/dpa",
        "Publicidad",
        "Te puede interesar: El puerto cierra",
        "Síguenos en Facebook",
        "Publicité",
        "À lire aussi : le port ferme",
    ],
)
def test_a_line_of_furniture_is_marked_and_its_neighbours_are_not(line: str) -> None:
    before, after = "Rain fell on Monday.", "The harbour was closed."
    assert marked(f"{before}\n\n{line}\n\n{after}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Harbour closes after storm",
        "Latest news from the harbour was bad, the mayor said.",
        "Share this city with us, the mayor asked the visitors, and they stayed for a week.",
        "Read more books, the minister told pupils on Tuesday.",
        "Related costs rose by 4 percent.",
        "Comments made by the mayor angered the council.",
        "Copyright law will change next year, the ministry said.",
        "Cookies and bread were sold out by noon.",
        "We bake cookies by hand, said the baker.",
        "Subscribe or pay the fine: that is the choice drivers face.",
        "Sign up was slow, officials said.",
        "Photo evidence showed three boats.",
        "The photo was taken by Mara Lind, who works for AP.",
        "They gave him credit: he had earned it.",
        "The storm killed three people, according to Reuters.",
        "“Nobody warned us,” she told AFP.",
        "HARBOUR CITY (AP) — The storm killed three people.",
        "A spokesman for EFE/Reuters declined to comment.",
        "Tickets cost 12 euros; the tram takes 3 minutes.",
        "Follow-up checks are planned on Facebook pages of the city.",
        "From left to right, the banners read: work, bread, peace.",
        "The page on Facebook, Twitter and e-mail lists were shut down.",
        "Mayor Ana Ruiz wrote that the harbour would open. pic.twitter.com/a1B2c3D4e5",
        "Browsers made by the company will no longer be supported, it said.",
        "In a statement the firm said it uses cookies only with consent.",
        "Top news agencies left the country.",
        "3 minutes read like an eternity in the report.",
        "Image matters, the party leader said.",
        "Das Bild zeigt den Hafen.",
        "Compartir la carga es necesario, dijo la ministra.",
        "Comments",
        "Facebook",
        "What will happen next?",
        "Search",
    ],
)
def test_a_line_of_the_story_is_never_marked(line: str) -> None:
    assert marked(f"Rain fell on Monday.\n{line}\nThe harbour was closed.") == []


def test_share_buttons_one_on_a_line_are_marked_together() -> None:
    assert marked("Rain fell.\nFacebook\nTwitter\nEmail\nIt stopped.") == ["Facebook", "Twitter", "Email"]


def test_headlines_under_a_closing_list_are_marked() -> None:
    text = "Rain fell.\n\nRelated articles\nCouncil votes on the tram\nBakers go back to work\n\nShare this\n"
    assert marked(text) == ["Related articles", "Council votes on the tram", "Bakers go back to work", "Share this"]


def test_a_headline_under_a_list_heading_at_the_top_stays_with_its_story() -> None:
    assert marked("Latest News\n\nStorm closes the harbour\n\nRain fell on Monday.") == ["Latest News"]


def test_a_long_paragraph_that_ends_in_a_credit_is_not_a_caption() -> None:
    paragraph = "The harbour was closed for hours. " * 13 + "Mara Lind / AFP"
    assert marked(paragraph) == []


def test_spans_are_whole_lines_sorted_and_apart() -> None:
    text = "  Share this \nRain fell.\r\n\n\nAdvertisement\nAdvertisement\n"
    spans = furniture(text)
    first = len("  Share this \nRain fell.\r\n\n\n")
    assert spans == [(0, 13), (first, first + 13), (first + 14, first + 27)]
    assert [text[start:end] for start, end in spans] == ["  Share this ", "Advertisement", "Advertisement"]


def test_a_text_of_one_endless_line_is_read_in_a_moment() -> None:
    began = time.perf_counter()
    assert marked("Mara Lind / " * 50_000) == []
    assert marked("A Mara Lind \n" * 5_000) == []
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "line",
    [
        "By clicking “Yes” shoppers agreed to the privacy policy of a firm in Delft, the court found.",
        "This website uses cookies without asking, the ministry said of the shop.",
        "The site stores cookies on the phones of children.",
        "Video by a neighbour showed the mast leaning before noon.",
        "Photos by divers show the wreck on its side.",
        "Image by image, the team pieced the mosaic together.",
        "Sign up for the new alerts from May on, the police told drivers.",
        "Topics: the ministers will talk about fish, trade and borders.",
        "This browser is no longer supported, said a note that 400 nurses found on Monday.",
        "By using cookies the bakery won back its young customers.",
    ],
)
def test_a_sentence_about_a_notice_or_picture_is_the_storys(line: str) -> None:
    assert marked(f"Rain fell on Monday.\n{line}\nThe harbour was closed.") == []


@pytest.mark.parametrize(
    "line",
    [
        "By clicking “Accept” you agree to our privacy policy.",
        "The website uses cookies to remember your choice.",
        "Video by Mara Lind",
        "Photos courtesy of the Ostrey Harbour Museum",
        "Photograph by Mara Lind for The Harbour Post",
        "Topics: Harbour, Storm, Ferries",
    ],
)
def test_a_notice_to_the_reader_and_a_bare_credit_are_the_sites(line: str) -> None:
    assert marked(f"Rain fell on Monday.\n{line}\nThe harbour was closed.") == [line]
