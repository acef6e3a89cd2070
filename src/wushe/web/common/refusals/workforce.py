from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.workforce.errors import (
    AccountTaken,
    AccountUnknown,
    AppraisalDone,
    AttendanceWithdrawn,
    BodyElsewhere,
    CertificateMalformed,
    CertificateTaken,
    CertificateVoid,
    ContactInvalid,
    CostNegative,
    EmployerExists,
    ExamNotedAlready,
    FullTimeElsewhere,
    IdentityWrong,
    LeaderExists,
    LeaderNotHere,
    LicensedAlready,
    MentorIsApprentice,
    MentorUnlicensed,
    MinutesOutOfRange,
    NamesAlike,
    NobodyJudgesThemselves,
    NotACommunity,
    NothingRequested,
    NotOfThisPlace,
    NotOnRegister,
    NotYet,
    OutOfOrder,
    PairedAlready,
    PairingEnded,
    PinLocked,
    PinUnknown,
    PostedHere,
    PostingEnded,
    PostsGivenUp,
    ScoreOutOfRange,
    SessionAhead,
    SessionAttended,
    SessionCancelled,
    SessionOutsideYear,
    SessionUnknown,
    StationHasPosts,
    StudyEnded,
    StudyKnown,
    SubsidyNegative,
    TermKnown,
    UnitUnknown,
    WorkerExists,
    WorkerLeft,
    WorkerPosted,
    WorkersUnknown,
    WorkerUnknown,
)


def _meetings(error: SessionUnknown) -> str:
    """None of a title on a day, or several."""
    said = {"text": error.text, "day": date_format(error.day)}
    if error.times:
        return _("Several meetings called “%(text)s” were held on %(day)s. Write the number of the meeting instead.") % said
    return (
        _(
            "No meeting called “%(text)s” was held on %(day)s in your places. Enter the course and its meeting first, then bring the table again."
        )
        % said
    )


def _posts_at(error: StationHasPosts) -> str:
    """Who works at a station that is to close, and which posts are set up there."""
    parts = [_("The station cannot close while people work there or posts are set up there.")]
    if error.postings:
        parts.append(_("End or move these people's work at the station first: %(numbers)s.") % {"numbers": _(", ").join(error.postings)})
    if error.posts:
        parts.append(_("Give up these posts first: %(numbers)s.") % {"numbers": _(", ").join(error.posts)})
    return " ".join(parts)


def _lines(error: WorkersUnknown) -> str:
    """Which lines of a sheet name nobody, and which name several people."""
    parts = [_("Nobody was entered yet; correct these lines and send the sheet again.")]
    if error.unknown:
        parts.append(_("Not on the register of this county: %(lines)s.") % {"lines": _(", ").join(error.unknown)})
    if error.alike:
        parts.append(
            _("Several people have this name, write the number of the register instead: %(lines)s.") % {"lines": _(", ").join(error.alike)}
        )
    return " ".join(parts)


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    IdentityWrong: lambda _error: _(
        "This cannot be the number of an identity paper: of the 18 characters of an identity card the last one checks the others. Compare it with the paper."
    ),
    WorkerExists: lambda error: (
        _("This person is on the register under %(number)s; everybody is entered once. Add the new post or certificate to that entry.")
        % {"number": error.number}
    ),
    AccountUnknown: lambda error: (
        _("Nobody signs in as “%(username)s”. Compare the name, leave it empty, or ask the system administrator for an account.")
        % {"username": error.username}
    ),
    AccountTaken: lambda error: (
        _("The account “%(username)s” belongs to another person of the register. Each person signs in with their own.")
        % {"username": error.username}
    ),
    WorkerLeft: lambda error: (
        _("This person left the register on %(day)s. To let them return, register them again: they keep their number.")
        % {"day": date_format(error.left_on)}
    ),
    WorkerPosted: lambda error: (
        ngettext(
            "This person holds %(number)s post beyond that day. End it first.",
            "This person holds %(number)s posts beyond that day. End them first.",
            error.posts,
        )
        % {"number": error.posts}
    ),
    NotYet: lambda error: _("%(day)s has not come yet. Enter it on that day or later.") % {"day": date_format(error.day)},
    OutOfOrder: lambda error: (
        _("This day must not lie before %(day)s. Compare both days with the papers.") % {"day": date_format(error.earliest)}
    ),
    NotOnRegister: lambda _error: _(
        "Your account belongs to nobody on the register of workers. Ask the town station to enter your user name there."
    ),
    ContactInvalid: lambda _error: _("This is no phone number. Enter a mobile number, or a landline with or without its area code."),
    CertificateTaken: lambda error: (
        _("Certificate %(certificate)s belongs to another entry. Search the register for the number before you enter it a second time.")
        % {"certificate": error.certificate}
    ),
    CertificateMalformed: lambda error: (
        _("A certificate number looks like this: %(form)s. Compare it with the certificate.")
        % {"form": error.en if get_language() == "en" else error.zh}
    ),
    CertificateVoid: lambda error: (
        _("Certificate %(certificate)s was declared void; nothing about it changes any more.") % {"certificate": error.certificate}
    ),
    FullTimeElsewhere: lambda error: (
        _("This person works full time at %(place)s on some of these days. Move them, end that post first, or enter this one as part-time.")
        % {"place": error.place}
    ),
    PostedHere: lambda _error: _(
        "The person holds this very post on some of these days. Correct that entry instead of making a second one."
    ),
    LeaderExists: lambda error: (
        _("%(place)s has a responsible leader on some of these days. Correct that entry first; there is one at a time.")
        % {"place": error.place}
    ),
    LeaderNotHere: lambda error: (
        _("Responsible leaders are named at communities and villages; %(place)s is none.") % {"place": error.place}
    ),
    PostingEnded: lambda error: (
        _("This post ended on %(day)s. If it was entered by mistake, take it back; otherwise enter a new one.")
        % {"day": date_format(error.until)}
    ),
    PostsGivenUp: lambda error: (
        _("These posts were given up on %(day)s. Enter the new document as new posts.") % {"day": date_format(error.until)}
    ),
    UnitUnknown: lambda error: (
        _("No open station, room or agency of the county is called “%(text)s”. Write the name as in its register, or leave the cell empty.")
        % {"text": error.text}
    ),
    BodyElsewhere: lambda error: (
        _("%(body)s stands in another place. Choose its place, or another unit; only agencies send their people elsewhere.")
        % {"body": error.body}
    ),
    MinutesOutOfRange: lambda error: (
        _("A session takes from 1 to %(most)s minutes. A course of several days has several sessions.") % {"most": error.most}
    ),
    SessionOutsideYear: lambda error: (
        _("This course belongs to %(year)s. Choose a day of that year, or open a course of the other year.") % {"year": error.year}
    ),
    SessionAhead: lambda error: (
        _("This session is held on %(day)s. Who was there is entered on that day or later.") % {"day": date_format(error.held_on)}
    ),
    SessionCancelled: lambda error: (
        _("The session of %(day)s was cancelled. Schedule a new one if it takes place after all.") % {"day": date_format(error.held_on)}
    ),
    SessionAttended: lambda error: (
        ngettext(
            "%(number)s person was at this session, so it took place. Withdraw the attendance first if it was entered by mistake.",
            "%(number)s people were at this session, so it took place. Withdraw the attendances first if they were entered by mistake.",
            error.persons,
        )
        % {"number": error.persons}
    ),
    AttendanceWithdrawn: lambda _error: _("This attendance was withdrawn before and counts nowhere."),
    WorkersUnknown: _lines,
    WorkerUnknown: lambda error: (
        _("%(text)s was not on the register of this county on that day. Compare the name and the paper, or enter the person first.")
        % {"text": error.text}
    ),
    NamesAlike: lambda error: (
        _("Several people of this county are called %(text)s. Write the number of the identity paper beside the name.")
        % {"text": error.text}
    ),
    SessionUnknown: _meetings,
    StationHasPosts: _posts_at,
    PinUnknown: lambda _error: _("No session of your county has this PIN today. Compare it with the trainer's screen."),
    PinLocked: lambda error: (
        ngettext(
            "Too many wrong PINs. Try again in %(minutes)s minute, or sign the paper sheet.",
            "Too many wrong PINs. Try again in %(minutes)s minutes, or sign the paper sheet.",
            error.minutes,
        )
        % {"minutes": error.minutes}
    ),
    ExamNotedAlready: lambda error: (
        _("The person is on the way to this exam of %(year)s already. Find them on the list, and take the next step there.")
        % {"year": error.year}
    ),
    ScoreOutOfRange: lambda error: _("A score lies between 0 and %(full)s.") % {"full": error.full},
    LicensedAlready: lambda _error: _(
        "This person had a certificate on that day; the local exam is for those without one, and its title is no licence."
    ),
    CostNegative: lambda _error: _("A cost cannot be below zero. Enter what was paid, all sessions together."),
    NotOfThisPlace: lambda error: (
        _("This person neither belongs to %(place)s nor works there. Choose the place of their work.") % {"place": error.place}
    ),
    NobodyJudgesThemselves: lambda _error: _("This is about yourself. Somebody else of your place, or the place above, enters it."),
    NothingRequested: lambda _error: _("This appraisal asks for nothing that could be met."),
    AppraisalDone: lambda error: (
        _("What this appraisal asked for was done on %(day)s, and it changes no more. Enter a new appraisal of another day.")
        % {"day": date_format(error.done_on)}
    ),
    MentorIsApprentice: lambda _error: _("Mentor and apprentice are the same person. Choose two."),
    MentorUnlicensed: lambda _error: _("The mentor had no certificate on that day. Choose a professional, or enter the certificate first."),
    PairedAlready: lambda _error: _(
        "These two are a pair on some of these days. Find them on the list of pairs, and enter the meeting there."
    ),
    PairingEnded: lambda error: _("This pairing ended on %(day)s. Pair the two again if they go on.") % {"day": date_format(error.until)},
    StudyKnown: lambda _error: _("This study is entered already. Find it on the list of degree studies."),
    StudyEnded: lambda error: _("This study ended on %(day)s; it is entered once.") % {"day": date_format(error.ended_on)},
    SubsidyNegative: lambda _error: _("A subsidy cannot be below zero. Leave it empty if nothing is paid."),
    NotACommunity: lambda error: (
        _("“%(region)s” is no community or village, and only these have a branch and a committee with terms. Choose another place.")
        % {"region": error.region}
    ),
    TermKnown: lambda error: (
        _("A term of this body from %(day)s is entered already. Withdraw it first if something in it is wrong.")
        % {"day": date_format(error.since)}
    ),
    EmployerExists: lambda error: (
        _("The place has an employer called “%(name)s” already. Choose it where you set up the posts.") % {"name": error.name}
    ),
}
