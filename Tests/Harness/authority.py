"""An OpenID Connect authority that is none of ours: PyJWT and cryptography make its keys and tokens, Python serves them."""

import base64
import hashlib
import hmac
import json
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from local_server import LocalServer, document


class SigningKey:
    """An RSA key with the name under which it is published."""

    def __init__(self, name, bits=2048):
        self.name = name
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=bits)

    @property
    def published(self):
        """The public half as a JSON Web Key."""
        return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key())) | {
            "kid": self.name, "use": "sig", "alg": "RS256"}

    @property
    def public_pem(self):
        """The public half as the text that a confused verifier takes for a shared secret."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


class Authority(LocalServer):
    """Publishes `keys`; answers with 503 while it `is_down`."""

    audience = "api://confab-tests"

    def __init__(self, *keys):
        self.keys, self.is_down, self.fetches = list(keys), False, 0
        super().__init__()
        self.issuer = self.root

    def answer(self, method, path, headers, body):
        documents = {
            "/.well-known/openid-configuration": {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"},
            "/keys": {"keys": [key.published for key in self.keys]},
        }
        found = documents.get(path)
        if path == "/keys":
            self.fetches += 1
        return document(found, 503 if self.is_down else 200 if found else 404)

    def claims(self, subject="alice", **changes):
        """What a good token says; `None` leaves a claim out."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": subject, "iat": now, "nbf": now, "exp": now + 3600}
        return {name: value for name, value in (claims | changes).items() if value is not None}

    def token(self, subject="alice", key=None, kid=None, **changes):
        """A token, good unless changed."""
        key = key or self.keys[0]
        return jwt.encode(
            self.claims(subject, **changes), key.private, algorithm="RS256", headers={"kid": kid or key.name})

    def unsigned_token(self, subject="mallory"):
        """A token that asks to be believed."""
        return jwt.encode(self.claims(subject), None, algorithm="none", headers={"kid": self.keys[0].name})

    def confused_token(self, subject="mallory"):
        """A token signed by HS256 with the public key as its secret; PyJWT refuses to make such a one."""
        head = {"alg": "HS256", "typ": "JWT", "kid": self.keys[0].name}
        signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, self.claims(subject)))
        signature = hmac.new(self.keys[0].public_pem, signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{encoded(signature)}"


def encoded(data):
    """Base64 for URLs without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
