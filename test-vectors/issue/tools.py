"""Open Badges by independent tools in Python: signed, baked into images, taken out of them, verified.

A line of JSON in, a line of JSON out: {"op": …} is answered by {"value": …} or {"error": …}. Started by `python.mjs`.
"""
import base64
import datetime
import io
import json
import sys

import openbadgeslib.ob2.verifier as ob2_verifier
from openbadges_bakery import bake as bakery_bake, unbake as bakery_unbake
from openbadgeslib import baking
from openbadgeslib._jws import sign as jws_sign, utils as jws_utils
from openbadgeslib.ob2.models import Assertion
from openbadgeslib.ob2.signer import OB2Signer


class Frozen(datetime.datetime):
    """The instant of the vectors, whatever the machine's clock says."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 21, 12, 0, 0, tzinfo=tz)


ob2_verifier.datetime = Frozen

# The carriers of openbadgeslib: keyword of PNG; element, namespace and whether as text in SVG.
FORMS = {
    'ob2': (b'openbadges', 'openbadges:assertion', 'http://openbadges.org', False),
    'ob3': (b'openbadgecredential', 'openbadges:credential', 'https://purl.imsglobal.org/ob/v3p0', False),
    'ob3text': (b'openbadgecredential', 'openbadges:credential', 'https://purl.imsglobal.org/ob/v3p0', True),
    'clr': (b'clrcredential', 'openbadges:credential', 'https://purl.imsglobal.org/clr/v2p0', False),
    'clrtext': (b'clrcredential', 'openbadges:credential', 'https://purl.imsglobal.org/clr/v2p0', True),
}


def sign(job):
    """An Assertion of Open Badges 2.0, as openbadgeslib models and signs it."""
    return OB2Signer(job['key'], job.get('alg', 'RS256')).sign(Assertion.from_dict(job['assertion']))


def jws(job):
    """Any payload, as openbadgeslib signs it: its model is of 2.0 alone."""
    signature = jws_sign(job['header'], job['payload'], job['key'])
    parts = [jws_utils.encode(job['header']), jws_utils.encode(job['payload']), jws_utils.to_base64(signature)]
    return b'.'.join(parts).decode('ascii')


def bake(job):
    """A text into an image."""
    image = base64.b64decode(job['image'])
    if job['tool'] == 'openbadges-bakery':
        out = io.BytesIO()
        bakery_bake(io.BytesIO(image), job['text'], out)
        baked = out.getvalue()
    else:
        keyword, element, namespace, as_text = FORMS[job['form']]
        if job['kind'] == 'png':
            baked = baking.bake_png(image, job['text'], keyword=keyword)
        else:
            baked = baking.bake_svg(image, job['text'], element=element, namespace=namespace, as_text=as_text)
    return base64.b64encode(baked).decode('ascii')


def extract(job):
    """The text in an image."""
    image = base64.b64decode(job['image'])
    if job['tool'] == 'openbadges-bakery':
        return bakery_unbake(io.BytesIO(image))
    keyword, element, _, as_text = FORMS[job['form']]
    if job['kind'] == 'png':
        return baking.extract_png(image, keyword=keyword)
    return baking.extract_svg(image, element=element, text_fallback=as_text)


def verify(job):
    """What openbadgeslib says of a badge of 2.0, with the documents given; it raises if it refuses."""
    documents = job['documents']

    def download(url):
        if url not in documents:
            raise LookupError(f'{url} is not there')
        return documents[url].encode()

    verifier = ob2_verifier.OB2Verifier(download=download)
    options = {'expected_recipient': job.get('recipient'), 'check_revocation': True}
    if job['text'].lstrip().startswith('{'):
        verifier.verify_hosted(job['text'], **options)
    else:
        verifier.verify(job['text'].strip(), **options)
    return True


OPS = {'sign': sign, 'jws': jws, 'bake': bake, 'extract': extract, 'verify': verify}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {'value': OPS[request['op']](request)}
    except Exception as error:  # whatever it is, it is the tool's answer
        answer = {'error': f'{type(error).__name__}: {error}'}
    print(json.dumps(answer), flush=True)
