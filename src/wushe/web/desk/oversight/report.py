"""The evaluation report on paper: PDF and DOCX, both from the HTML of the page, so that all three say the same."""

import io
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from weasyprint import HTML

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "SimSun"
A4 = (Mm(210), Mm(297))
MARGIN = Mm(22)
Cell = tuple[str, bool]
TEXTS, CELLS, ROWS, TABLES, LINES = {"h2", "p"}, {"td", "th", "dt", "dd"}, {"tr", "dt"}, {"table", "dl"}, {"br", "div"}


def as_pdf(context: dict[str, Any]) -> HttpResponse:
    """A4, Chinese fonts embedded."""
    page = render_to_string("desk/oversight/report_print.html", context)
    return _file(HTML(string=page).write_pdf(), "application/pdf", f"{context['project'].number}.pdf")


def as_docx(context: dict[str, Any]) -> HttpResponse:
    """A4, for those who go on writing."""
    project, report = context["project"], context["report"]
    document = _blank()
    document.add_heading(_("Evaluation report"), 0)
    numbers = f"{project.number} · {report.content['number']}" if report else project.number
    document.add_paragraph(f"{project.title}\n{numbers}")
    _write(document, render_to_string("desk/oversight/_report.html", context | {"sees_evidence": False}))
    if report:
        # two tables without a paragraph between them would be one
        document.add_paragraph()
        _write(document, render_to_string("desk/oversight/_seal.html", context))
    paper = io.BytesIO()
    document.save(paper)
    return _file(paper.getvalue(), DOCX, f"{project.number}.docx")


def _blank() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    return document


class _Blocks(HTMLParser):
    """The headings, paragraphs and tables of a piece of HTML, one after the other; a list of facts is a table of two columns."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str | list[list[Cell]]]] = []
        self.rows: list[list[Cell]] = []
        self.text: list[str] = []
        self.is_number = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LINES:
            self.text.append("\n")
        elif tag in TEXTS | CELLS:
            self.text, self.is_number = [], "num" in (dict(attrs).get("class") or "").split()
        if tag in ROWS:
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        # what breaks a line on the page breaks it here; the line feeds of the template do not
        self.text.append(data.replace("\n", " "))

    def handle_endtag(self, tag: str) -> None:
        if tag in TEXTS:
            self.blocks.append((tag, self._read()))
        elif tag in CELLS:
            self.rows[-1].append((self._read(), self.is_number))
        elif tag in TABLES:
            self.blocks.append((tag, self.rows))
            self.rows = []

    def _read(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.text).split("\n"))
        return "\n".join(line for line in lines if line)


def _write(document: Any, html: str) -> None:
    page = _Blocks()
    page.feed(html)
    for tag, content in page.blocks:
        if isinstance(content, list):
            _table(document, content)
        elif tag == "h2":
            document.add_heading(content, 1)
        else:
            document.add_paragraph(content)


def _table(document: Any, rows: list[list[Cell]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, (text, is_number) in zip(table.add_row().cells, row, strict=True):
            cell.text = text
            if is_number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
