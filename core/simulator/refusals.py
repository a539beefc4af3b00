"""How the tenant says no: one exception, one body.

A body never repeats a token or a secret.
"""

from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from core.documents import JsonObject


class Refusal(Exception):
    """The request is understood and will not be done.

    Parameters
    ----------
    status : int
        HTTP status.
    code : str
        The tenant's short name for the reason.
    message : str
        For people.
    field : str, optional
        The field or parameter that is at fault.
    headers : dict, optional
        Further headers of the answer.
    parameters : dict, optional
        What the message is made with, where a client should be able to read it.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str = "",
        headers: dict[str, str] | None = None,
        parameters: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.headers = headers or {}
        self.parameters = parameters or {}

    def response(self) -> JSONResponse:
        """Return the answer, in the form of the platform's error bodies."""
        details = [{"errorCode": self.code, "fieldName": self.field}] if self.field else []
        body: JsonObject = {
            "message": self.message,
            "code": self.code,
            "status": self.status,
            "contextId": str(uuid4()),
            "details": details,
            "errors": [],
        }
        if self.parameters:
            body.update(messageWithParams=self.message, messageParams=self.parameters)
        return JSONResponse(body, self.status, self.headers)


class OAuthRefusal(Exception):
    """No token is given; told in the words of RFC 6749, section 5.2.

    Parameters
    ----------
    status : int
        HTTP status.
    error : str
        A word of the RFC.
    description : str
        For people.
    """

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.error = error
        self.description = description

    def response(self) -> JSONResponse:
        """Return the answer, in the form of the login host's error bodies."""
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, self.status, {"Cache-Control": "no-store"})


def bad_request(message: str, *, field: str = "", code: str = "bad.request") -> Refusal:
    """Return a refusal for a request that is wrong in itself.

    Examples
    --------
    >>> bad_request("interval must be PT1H.", field="interval").status
    400
    """
    return Refusal(400, code, message, field=field)


def not_found(kind: str, wanted: str) -> Refusal:
    """Return a refusal for something that does not exist.

    Examples
    --------
    >>> not_found("campaign", "x").message
    'There is no campaign with the id x.'
    """
    return Refusal(404, f"{kind}.not.found", f"There is no {kind} with the id {wanted}.")


async def answer_refusal(_request: Request, refusal: Exception) -> JSONResponse:
    """Return the answer for a refusal of ours."""
    assert isinstance(refusal, Refusal | OAuthRefusal)
    return refusal.response()


async def answer_http_error(_request: Request, error: Exception) -> JSONResponse:
    """Return the answer for an address or a method that does not exist."""
    assert isinstance(error, HTTPException)
    code = {404: "not.found", 405: "method.not.allowed"}.get(error.status_code, "error")
    headers = dict(error.headers or {})
    return Refusal(error.status_code, code, error.detail, headers=headers).response()
