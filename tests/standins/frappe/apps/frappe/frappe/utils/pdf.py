"""PDFs as wkhtmltopdf makes them: it fetches pictures from the site's address and does not check the certificate."""

import re
import ssl
import struct
import urllib.error
import urllib.request

from frappe.utils import get_url

FAULTS = {"Name or service not known": "HostNotFoundError", "Connection refused": "ConnectionRefusedError"}

# Replaces a picture that cannot be fetched: 16 × 16, without an error.
MISSING = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 16, 16)


def get_pdf(html):
    pictures = [fetch(get_url(path)) for path in re.findall(r'<img src="(/[^"]+)"', html)]
    images = b"".join(
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /Length %d >>\n"
        % (*struct.unpack(">II", picture[16:24]), len(picture))
        for picture in pictures
    )
    return b"%PDF-1.4\n" + images + b"%%EOF\n"


def fetch(url):
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(url, timeout=10, context=context) as answer:
            return answer.read()
    except urllib.error.HTTPError:
        return MISSING
    except OSError as error:
        fault = next((name for said, name in FAULTS.items() if said in str(error)), "UnknownNetworkError")
        raise OSError(f"wkhtmltopdf reported an error: Exit with code 1 due to network error: {fault}") from error
