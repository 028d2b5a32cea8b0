"""Odd forms in which sites, writers and keyboards put dates, sentences, struck words, tables and letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from written import article, ferry_page, text_of_hall

from index.text.furniture import furniture
from index.text.sentences import sentences


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: Tue 3 May, 2022", "2022-05-03"),
        ("Posted 05/03/2022 | Updated 05/04/2022", None),
        ("3. Mai 2022, 14.05 Uhr", "2022-05-03"),
        ("Stand: 03.05.2022, 14:05 Uhr", None),
        ("Veröffentlicht: 03.05.22", "2022-05-03"),
        ("First published on Tue 3 May 2022 08.00 BST", "2022-05-03"),
        ("May 3rd, 2022", "2022-05-03"),
        ("2022/05/03", "2022-05-03"),
        ("3 mai 2022 à 08h00", "2022-05-03"),
        ("Publicado: 3 may 2022 08:00 CEST", "2022-05-03"),
        ("Tuesday, May 03, 2022 8:00 a.m. EDT", "2022-05-03"),
        ("Sept. 3, 2022", "2022-09-03"),
        ("2022年5月3日", "2022-05-03"),
        ("Last updated 4 May 2022", None),
        ("3.5.2022", "2022-05-03"),
        ("Publié le mardi 3 mai 2022, mis à jour le 4 mai 2022", "2022-05-03"),
        ("Di., 03.05.2022", "2022-05-03"),
        ("Published May 3, 2022 at 8:00am; updated May 4, 2022", "2022-05-03"),
        ("Von Lena Foss | 03.05.22", "2022-05-03"),
        ("Mis à jour le 4 mai 2022 à 10h30 | Publié le 3 mai 2022 à 8h05", "2022-05-03"),
        ("Version 12.05.22.1 erschien", None),
    ],
)
def test_a_day_below_the_headline_in_a_text_and_on_a_page(tmp_path: Path, line: str, published: str | None) -> None:
    text = f"Ferry aground\n\n{line}\n\nThe ferry ran aground near the quay.\n"
    assert article(tmp_path, text, "a.txt").published == published
    assert article(tmp_path, ferry_page(top=f'<p class="dateline">{line}</p>'), "a.html").published == published


@pytest.mark.parametrize(
    "markup",
    [
        '<time datetime="2022-05-03T23:30:00-05:00">May 3</time>',
        '<time pubdate datetime="2022-05-03">x</time>',
        '<meta itemprop="datePublished" content="2022-05-03 08:00:00">',
        '<meta name="date" content="May 3, 2022">',
        '<meta property="og:article:published_time" content="2022-05-03">',
        '<meta name="parsely-pub-date" content="2022-05-03T08:00:00Z">',
        '<meta name="sailthru.date" content="Tue, 03 May 2022 08:00:00 +0000">',
        '<meta name="pubdate" content="20220503">',
        '<meta name="publish-date" content="03.05.2022">',
        '<meta name="citation_publication_date" content="2022/05/03">',
        '<meta name="dcterms.created" content="2022-05-03">',
        '<span class="published" title="2022-05-03T08:00:00Z">3 hours ago</span>',
        '<abbr class="date published" title="2022-05-03">May 3</abbr>',
        '<span class="dt-published"><span class="value-title" title="2022-05-03"></span>on Tuesday</span>',
        '<span class="updated">4 May 2022</span> <span class="published">3 May 2022</span>',
        '<meta name="date" content="1651564800">',
        '<meta property="article:published_time" content="1651564800123">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1651564800}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"1651564800000"}</script>',
    ],
)
def test_a_day_that_markup_declares(tmp_path: Path, markup: str) -> None:
    told = ferry_page(head=markup) if markup.startswith("<meta name") else ferry_page(top=markup)
    assert article(tmp_path, told, "a.html").published == "2022-05-03"


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="comment"><span class="published" title="2022-05-03">x</span></div>',
        '<aside><abbr class="published" title="2022-05-03">x</abbr></aside>',
        '<meta name="date" content="16515648">',
        '<span class="published">Tuesday</span>',
    ],
)
def test_what_is_classed_as_a_day_elsewhere_or_is_none_is_not_the_articles(tmp_path: Path, markup: str) -> None:
    assert article(tmp_path, ferry_page(top=markup), "a.html").published is None


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "Gov. Ana Ruiz met Sen. Tom Bell on Mon. 3 May at 5 p.m. in St. Albans.", 1),
        ("en", "It cost approx. $5 m. The council paid.", 2),
        ("en", "He lives in Washington, D.C. She lives in Rome.", 2),
        ("en", "The firm, Bell & Co. Ltd., closed. Nobody paid.", 2),
        ("en", "See fig. 3 and pp. 12-14 of the report.", 1),
        ("en", "Lt. Col. J. R. R. Dunn Jr. spoke. Then it rained.", 2),
        ("en", "“Go!” he said. They went.", 2),
        ("en", "The U.S. Army left. It rained.", 2),
        ("en", "Prof. Dr. Lind (b. 1931) died on Jan. 4.", 1),
        ("en", "At 9 a.m. Tuesday the hall opened.", 1),
        ("en", "It was No. 5 in the list. No. 6 fell.", 2),
        ("en", "Visit www.example.org. It is free.", 2),
        ("en", "He asked: “Why?” Nobody knew.", 2),
        ("en", "The dept. of health, est. 1931, has approx. 40 staff.", 1),
        ("en", "Ph.D. students, e.g. Lind et al., wrote it.", 1),
        ("de", "Das kostet ca. 5 Mio. Euro, d. h. mehr als z. B. ein Bus.", 1),
        ("de", "Am 3. Mai kam Dr. med. Lind an. Es regnete.", 2),
        ("de", "Die Fa. Bell GmbH & Co. KG schloss am 24. Dez. um 18 Uhr.", 1),
        ("de", "Der 1. FC Velden gewann. Das Spiel war gut.", 2),
        ("de", "Lt. Polizei waren es ca. 40 Personen.", 1),
        ("de", "Kaiser Karl V. starb 1558. Er war alt.", 2),
        ("de", "Siehe S. 12 ff. und Abs. 3 Nr. 4 des Gesetzes.", 1),
        ("de", "Prof. em. Lind, geb. 1931, lebt in Velden a. d. Aare.", 1),
        ("de", "Er kam u. a. mit Hrn. Bell. Sie ging.", 2),
        ("de", "Die 5. Klasse u. die 6. Klasse fuhren fort.", 1),
        ("de", "Es sind rd. 3 Mrd. Euro bzw. 4 Prozent.", 1),
        ("en", "Rev. Dr. M. L. Bell, of St. Mark's, spoke. It rained.", 2),
        ("en", "Messrs. Lind and Bell met Mmes. Foss and Venn.", 1),
        ("en", "The vote was 5-2, i.e. clear. They left.", 2),
        ("en", "It fell by 3 p.c. on Wed. and by 4 p.c. on Thurs. after that.", 1),
        ("en", "Sgt. Maj. Foss, Cpl. Venn and Capt. Lind Jr. were hurt.", 1),
        ("en", "The plant at Mt. Ostra, Wash., closed.", 1),
        ("en", "Inc. magazine, et al., wrote about Acme Inc. The firm paid.", 2),
        ("en", "She lives on Elm St. The bridge is near.", 2),
        ("en", "It cost $3.5 bn. (£2.8 bn.) in all.", 1),
        ("en", "Who? Me. Why? Because.", 4),
        ("en", "“It is over.” “No, it is not.”", 2),
        ("en", "He said (see p. 4.) that it rained.", 1),
        ("en", "It ended 3-2 a.e.t. The fans left.", 2),
        ("en", "E. coli was found. So was H. pylori.", 2),
        ("en", "The v. of the case, Foss v. Lind, is 9 ff. long.", 1),
        ("en", "At 5 p.m. The hall closed.", 2),
        ("en", "Vol. 3, ch. 4, sec. 5 and Art. 6 say so.", 1),
        ("en", "The U.N. Security Council met. The E.U. did not.", 2),
        ("en", "‘Stop!’ she cried. ‘Why?’ he asked.", 2),
        ("en", "Mr. and Mrs. Bell moved to Ft. Wayne, Ind. in Oct. 2019.", 1),
        ("de", "Die Stadt zahlt 3,5 Mio. Das Land zahlt nichts.", 2),
        ("de", "Gem. § 5 Abs. 2 S. 1 gilt das nicht.", 1),
        ("de", "Er starb am 24. 12. 2019 um 18 Uhr.", 1),
        ("de", "Frau Dr. rer. nat. Lind u. Hr. Bell kamen.", 1),
        ("de", "Das war am Mo., 3. Mai. Am Di. war Ruhe.", 2),
        ("de", "St. Gallen, Hbf. Nord, Tel. 555 01 00.", 1),
        ("de", "„Das ist alles.“ Er ging.", 2),
        ("de", "Mind. 40 Pers. wurden verletzt, max. 3 schwer.", 1),
        ("de", "Ludwig XIV. war König. Er starb 1715.", 2),
        ("de", "In der Bahnhofstr. 5 brannte es. Niemand starb.", 2),
        ("de", "Das Urteil (Az. 3 K 12/19) ist rechtskräftig.", 1),
        ("de", "Der sog. Rat tagte etc. pp. und ging.", 1),
    ],
)
def test_where_sentences_end(code: str, text: str, count: int) -> None:
    found = sentences(text, code=code)
    assert len(found) == count, found
    assert all(text[each.start : each.end] == each.text for each in found)


def test_cells_lists_and_marks_of_a_table_stay_apart(tmp_path: Path) -> None:
    rows = "<tr><td>Velden</td><td>1,204</td></tr><tr><td>Ostrey<ul><li>north</li><li>south</li></ul></td>"
    text = article(tmp_path, ferry_page(end=f"<table>{rows}<td>88<sup>1</sup></td></tr></table>"), "a.html").text
    assert {"Velden", "1,204", "north", "south", "88[1]"} <= set(re.findall(r"[\w,]*\w(?:\[1\])?", text))


@pytest.mark.parametrize("struck", ["~~12~~", "<del>12</del>", "<s>12</s>"])
def test_what_markdown_strikes_out_is_not_told(tmp_path: Path, struck: str) -> None:
    assert "injured 14 people" in article(tmp_path, f"# Crash\n\nIt injured {struck} 14 people.\n", "a.md").text


SENTENCE = "The divers will go down again tomorrow if the sea is calm enough."


@pytest.mark.parametrize(
    "box",
    [
        f"<div>{SENTENCE}</div>",
        f"<center>{SENTENCE}</center>",
        f"<section><div><span>{SENTENCE}</span></div></section>",
        f'<div class="row"><div><b>{SENTENCE[:10]}</b>{SENTENCE[10:]}</div></div>',
        f"<pre>{SENTENCE}</pre>",
        f"<details><summary>What now?</summary>{SENTENCE}</details>",
        f"<blockquote><p>{SENTENCE}</p></blockquote>",
    ],
)
def test_a_sentence_in_a_box_beside_the_paragraphs_is_the_storys(tmp_path: Path, box: str) -> None:
    assert SENTENCE in article(tmp_path, ferry_page(end=box), "a.html").text


@pytest.mark.parametrize("name", ["ad", "comments", "article-comments", "related", "share-bar", "newsletter"])
def test_a_box_that_is_named_as_another_thing_is_not(tmp_path: Path, name: str) -> None:
    end = f'<div class="{name}"><div>{SENTENCE}</div></div><div id="{name}">{SENTENCE}</div>'
    assert SENTENCE not in article(tmp_path, ferry_page(end=end), "a.html").text


def test_terms_of_a_list_in_a_cell_stay(tmp_path: Path) -> None:
    cell = "<dl><dt>Crew</dt><dd>nine</dd></dl>"
    rows = f"<tr><td>Velden</td><td>1</td></tr><tr><td>{cell}</td><td>2</td></tr>"
    assert "Crew; nine | 2" in article(tmp_path, ferry_page(end=f"<table>{rows}</table>"), "a.html").text


def test_lines_in_the_cells_of_a_row_stay_in_it(tmp_path: Path) -> None:
    rows = "<tr><td>Velden</td><td>1</td></tr><tr><td>Ostrey<br>North<br></td><td>2<br>3</td></tr>"
    assert "Ostrey; North | 2; 3" in article(tmp_path, ferry_page(end=f"<table>{rows}</table>"), "a.html").text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('had 310<a href="#fn3" class="footnote">3</a> families', "had 310 families"),
        ('had 310<a href="#n">[3]</a> families', "had 310 families"),
        ('saw <a href="#three">3</a> families', "saw 3 families"),
        ('hurt <font style="TEXT-DECORATION: LINE-THROUGH">12</font> 14 people', "hurt 14 people"),
        ('hurt <span style="font-size: 0px; color: red">12</span> 14 people', "hurt 14 people"),
        ('hurt <span style="Display : None">12</span> 14 people', "hurt 14 people"),
        ('hurt <span class="visually-hidden">12</span> 14 people', "hurt 14 people"),
        ('hurt <span class="screen-reader-text">12</span> 14 people', "hurt 14 people"),
        ('is an <span style="font-size: 0.9em">old</span> house', "is an old house"),
        ("was <q>a ruin</q> then", "was “a ruin” then"),
        ("was <q>a <em>ruin</em></q> then", "was “a ruin” then"),
        ("was <q>“a ruin”</q> then", "was “a ruin” then"),
    ],
)
def test_notes_unseen_words_and_quotations_within_a_sentence(tmp_path: Path, said: str, words: str) -> None:
    text = text_of_hall(tmp_path, said)
    assert f"On Monday the hall {words}, as the keeper told all visitors." in text.replace("\n\n", " ")


@pytest.mark.parametrize(
    ("top", "published", "updated"),
    [
        ('<span class="visually-hidden">Updated</span> <time datetime="2022-05-04">4 May</time>', None, "2022-05-04"),
        (
            '<span>Published</span> <time datetime="2022-05-03">3 May</time> '
            '<span>Updated</span> <time datetime="2022-05-04">4 May</time>',
            "2022-05-03",
            "2022-05-04",
        ),
        (
            'Updated <time datetime="2022-05-04">4 May</time>, published <time datetime="2022-05-03">3 May</time>',
            "2022-05-03",
            "2022-05-04",
        ),
        ('<time class="entry-date published updated" datetime="2022-05-03">3 May</time>', "2022-05-03", None),
    ],
)
def test_the_label_before_a_day_tells_which_it_is(
    tmp_path: Path, top: str, published: str | None, updated: str | None
) -> None:
    told = article(tmp_path, ferry_page(top=f"<div>{top}</div>"), "a.html")
    assert (told.published, told.updated) == (published, updated)


@pytest.mark.parametrize("line", ["Concert on 9 June 2023", "Deadline: 9 June 2023", "Konzert am 9. Juni 2023"])
def test_the_day_of_something_else_below_the_headline_is_not_the_articles(tmp_path: Path, line: str) -> None:
    assert article(tmp_path, f"Ferry aground\n\n{line}\n\nThe ferry ran aground.\n", "a.txt").published is None
    assert article(tmp_path, ferry_page(top=f"<p>{line}</p>"), "a.html").published is None


@pytest.mark.parametrize(
    ("line", "is_hidden"),
    [
        ("Watch: Ferry runs aground", True),
        ("Watch: the bridge sways in the wind, police said.", False),
        ("Melden Sie sich für unseren Newsletter an", True),
        ("Den Newsletter abonnieren", True),
        ("Den Newsletter abonnieren 400 Leute, sagte der Wirt.", False),
        ("Partager cet article", True),
        ("Partager cet article coûte la place à un journaliste.", False),
        ("Compartir en Facebook", True),
        ("Compartir el agua es una obligación, dijo el alcalde.", False),
    ],
)
def test_labels_of_other_languages_are_hidden_and_sentences_are_not(line: str, is_hidden: bool) -> None:
    assert bool(furniture(f"Rain fell on Monday.\n{line}\nThe harbour was closed.")) == is_hidden
