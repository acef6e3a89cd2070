from typing import cast

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from wushe.accounts.models import User
from wushe.files.queries import file_by_number, open_file
from wushe.kernel.clock import today
from wushe.kernel.errors import NotFound
from wushe.web.common.file_access import may_open_file


@require_safe
def download_file(request: HttpRequest, number: str) -> FileResponse:
    """Hand a file out as a download. Whoever may not open it learns no more than that there is nothing here."""
    try:
        file = file_by_number(number)
        if not may_open_file(cast("User", request.user), file, today()):
            raise Http404
        content = open_file(file)
    except NotFound as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
