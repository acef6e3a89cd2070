"""The evaluation report on paper: PDF from the page's own HTML, DOCX with the same content for those who go on writing."""

import io
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from weasyprint import HTML

from wushe.web.common.templatetags import wushe as tags

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "SimSun"


def as_pdf(context: dict[str, Any]) -> HttpResponse:
    """A4, Chinese fonts embedded."""
    html = render_to_string("desk/oversight/report_print.html", context)
    return _file(HTML(string=html).write_pdf(), "application/pdf", f"{context['project'].number}.pdf")


def as_docx(context: dict[str, Any]) -> HttpResponse:
    """Headings, a table of the items, and the evaluator's words."""
    evaluation, project = context["evaluation"], context["project"]
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.add_heading(_("Evaluation report"), 0)
    document.add_paragraph(f"{project.title}　{project.number}")
    if evaluation is not None:
        document.add_paragraph(f"{_('Evaluator')}：{evaluation.evaluator.name}　{_('Score')}：{evaluation.score}")
        document.add_heading(_("Summary"), 1)
        document.add_paragraph(evaluation.summary)
    document.add_heading(_("Items"), 1)
    _table(
        document,
        [_("Item"), _("Points"), _("Of"), _("Basis")],
        [
            [tags.label(row["name"]) if row["name"] else row["row"].item, row["row"].points, row["row"].maximum, row["row"].basis]
            for row in context["items"]
        ],
    )
    document.add_heading(_("Indicators"), 1)
    _table(
        document,
        [_("Indicator"), _("Agreed"), _("Done")],
        [[row.indicator.text, tags.number(row.indicator.target), tags.number(row.done)] for row in context["progress"]],
    )
    if evaluation is not None and evaluation.advice:
        document.add_heading(_("Advice"), 1)
        document.add_paragraph(evaluation.advice)
    content = io.BytesIO()
    document.save(content)
    return _file(content.getvalue(), DOCX, f"{project.number}.docx")


def _table(document: Any, header: list[str], rows: list[list[Any]]) -> None:
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
