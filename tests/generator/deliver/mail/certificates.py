"""Certificates for test servers: an authority of our own, and what it signs."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificates:
    """Files in PEM. authority: what a client must trust to accept `server`; `stranger` is signed by nobody."""

    authority: Path
    server: Path
    other_name: Path
    stranger: Path


def server_context(file: Path) -> ssl.SSLContext:
    """The server's side with one of the files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@lru_cache(maxsize=1)
def certificates(folder: Path) -> Certificates:
    """Made once; valid for 127.0.0.1, but for `other_name`."""
    key, name = _key(), _name("Test authority")
    authority = _certificate(name, name, key.public_key(), key, ca=True)
    files = {"authority": _pem(authority)}
    for kind, host, own in (
        ("server", "127.0.0.1", True),
        ("other_name", "192.0.2.1", True),
        ("stranger", "127.0.0.1", False),
    ):
        mine = _key()
        issuer, signer = (name, key) if own else (_name(host), mine)
        made = _certificate(_name(host), issuer, mine.public_key(), signer, host=host)
        files[kind] = _private(mine) + _pem(made)
    for kind, data in files.items():
        (folder / f"{kind}.pem").write_bytes(data)
    return Certificates(**{kind: folder / f"{kind}.pem" for kind in files})


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    host: str | None = None,
    ca: bool = False,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if ca:
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    if host is not None:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
