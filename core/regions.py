"""The regions of Genesys Cloud and the addresses that follow from them.

Nothing is looked up on the network: a region that is not listed is named by whole addresses.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

DOMAINS: Mapping[str, str] = {
    "us-east-1": "mypurecloud.com",
    "us-east-2": "use2.us-gov-pure.cloud",
    "us-west-2": "usw2.pure.cloud",
    "ca-central-1": "cac1.pure.cloud",
    "mx-central-1": "mxc1.pure.cloud",
    "sa-east-1": "sae1.pure.cloud",
    "eu-west-1": "mypurecloud.ie",
    "eu-west-2": "euw2.pure.cloud",
    "eu-central-1": "mypurecloud.de",
    "eu-central-2": "euc2.pure.cloud",
    "eusc-de-east-1": "edee1.eusc-pure.cloud",
    "me-central-1": "mec1.pure.cloud",
    "ap-south-1": "aps1.pure.cloud",
    "ap-southeast-1": "apse1.pure.cloud",
    "ap-southeast-2": "mypurecloud.com.au",
    "ap-northeast-1": "mypurecloud.jp",
    "ap-northeast-2": "apne2.pure.cloud",
    "ap-northeast-3": "apne3.pure.cloud",
}
"""Name of the region to domain, as the vendor's own client has them."""


def domain_of(region: str) -> str | None:
    """Return the domain of a region that is named by its domain or by its name; None for none.

    Examples
    --------
    >>> domain_of("eu-central-1"), domain_of("MyPureCloud.de"), domain_of("mypurecloud.fr")
    ('mypurecloud.de', 'mypurecloud.de', None)
    """
    text = region.strip().lower()
    return DOMAINS.get(text) or (text if text in DOMAINS.values() else None)


def login_address(api_url: str) -> str:
    """Return where tokens are handed out for an API at this address.

    The vendor's own client has the same rule: a host that does not begin with ``api.`` (a proxy, a
    local server) hands out tokens itself.

    Examples
    --------
    >>> login_address("https://api.mypurecloud.de"), login_address("http://127.0.0.1:8765")
    ('https://login.mypurecloud.de', 'http://127.0.0.1:8765')
    """
    host = urlsplit(api_url).hostname or ""
    if not host.startswith("api."):
        return api_url
    return api_url.replace("//api.", "//login.", 1)
