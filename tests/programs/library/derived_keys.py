"""Keys and digests of data that is read in pieces."""
import hashlib
import hmac

data = bytes(range(256)) * 4_300
for name in ('md5', 'sha256', 'sha3_512', 'blake2s'):
    whole = hashlib.new(name, data)
    parts = hashlib.new(name)
    for start in range(0, len(data), 777_777):
        parts.update(data[start:start + 777_777])
    assert whole.digest() == parts.digest()
    print(name, whole.hexdigest()[:32], hmac.new(b'key', data, name).hexdigest()[:32], hmac.digest(data, b'', name).hex()[:32])

for name in ('shake_128', 'shake_256'):
    digest = hashlib.new(name, b'x').digest(1_200_000)
    assert digest[:1_000] == hashlib.new(name, b'x').digest(1_000)
    assert hashlib.new(name, b'x').hexdigest(1_100_000) == digest[:1_100_000].hex()
    print(name, hashlib.md5(digest).hexdigest())

for password, salt, n, r, p, size in (
    (b'', b'', 16, 1, 1, 64),
    (b'password', b'NaCl', 1024, 8, 2, 64),
    (b'pleaseletmein', b'SodiumChloride', 2, 3, 5, 1),
    (b'a' * 1_000, b'b' * 1_000, 64, 40, 3, 333),
    (b'a', b'b', 2, 1_500, 1, 32),
):
    print(hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=size).hex()[:128])

for arguments in (
    dict(n=3, r=8, p=1),
    dict(n=1, r=8, p=1),
    dict(n=2**20, r=8, p=1),
    dict(n=2**16, r=1, p=1),
    dict(n=16, r=8, p=2**30),
    dict(n=16, r=0, p=1),
    dict(n=16, r=2**33, p=1),
    dict(n=16, r=8, p=1, maxmem=-1),
    dict(n=16, r=8, p=1, maxmem=100),
    dict(n=16, r=8, p=1, dklen=0),
    dict(n=2**70, r=8, p=1),
):
    try:
        print(hashlib.scrypt(b'a', salt=b'b', **arguments).hex())
    except Exception as error:
        print(type(error).__name__, error)

for name, rounds, size in (('sha1', 3, 50), ('sha256', 1, 100), ('sha512', 700, 1), ('sha3_256', 20, 33)):
    print(hashlib.pbkdf2_hmac(name, b'password' * 30, b'salt' * 100, rounds, size).hex())
