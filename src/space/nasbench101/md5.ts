/** floor(2^32 |sin(i + 1)|), written out because Math.sin may differ in its last bit between engines. */
const SINES = Int32Array.from(
  (
    "d76aa478e8c7b756242070dbc1bdceeef57c0faf4787c62aa8304613fd469501698098d88b44f7afffff5bb1895cd7be6b901122fd987193a679438e49b40821" +
    "f61e2562c040b340265e5a51e9b6c7aad62f105d02441453d8a1e681e7d3fbc821e1cde6c33707d6f4d50d87455a14eda9e3e905fcefa3f8676f02d98d2a4c8a" +
    "fffa39428771f6816d9d6122fde5380ca4beea444bdecfa9f6bb4b60bebfbc70289b7ec6eaa127fad4ef308504881d05d9d4d039e6db99e51fa27cf8c4ac5665" +
    "f4292244432aff97ab9423a7fc93a039655b59c38f0ccc92ffeff47d85845dd16fa87e4ffe2ce6e0a30143144e0811a1f7537e82bd3af2352ad7d2bbeb86d391"
  ).match(/.{8}/g)!,
  (word) => Number.parseInt(word, 16) | 0,
);

/**
 * MD5 (RFC 1321) of the first `length` bytes of a message. The buffer must have room for 72 more bytes, which are
 * overwritten. The digest comes as four words in the order of its bytes: the hexadecimal form is the four words one after
 * the other, and comparing them as unsigned numbers compares the texts.
 *
 * @param message its byte offset must be a multiple of 4
 */
export function md5(message: Uint8Array, length: number, digest: Int32Array, at: number): void {
  const padded = ((length + 72) >>> 6) << 6;
  message.fill(0, length, padded);
  message[length] = 0x80;
  for (let byte = 0; byte < 4; byte++) message[padded - 8 + byte] = (length << 3) >>> (8 * byte);

  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  for (let start = 0; start < padded; start += 64) {
    for (let word = 0, byte = start; word < 16; word++, byte += 4) {
      words[word] = message[byte] | (message[byte + 1] << 8) | (message[byte + 2] << 16) | (message[byte + 3] << 24);
    }
    const a0 = a;
    const b0 = b;
    const c0 = c;
    const d0 = d;
    for (let i = 0; i < 16; i += 4) {
      a = (turn(a + (d ^ (b & (c ^ d))) + words[i] + SINES[i], 7) + b) | 0;
      d = (turn(d + (c ^ (a & (b ^ c))) + words[i + 1] + SINES[i + 1], 12) + a) | 0;
      c = (turn(c + (b ^ (d & (a ^ b))) + words[i + 2] + SINES[i + 2], 17) + d) | 0;
      b = (turn(b + (a ^ (c & (d ^ a))) + words[i + 3] + SINES[i + 3], 22) + c) | 0;
    }
    for (let i = 16; i < 32; i += 4) {
      a = (turn(a + (c ^ (d & (b ^ c))) + words[(5 * i + 1) & 15] + SINES[i], 5) + b) | 0;
      d = (turn(d + (b ^ (c & (a ^ b))) + words[(5 * i + 6) & 15] + SINES[i + 1], 9) + a) | 0;
      c = (turn(c + (a ^ (b & (d ^ a))) + words[(5 * i + 11) & 15] + SINES[i + 2], 14) + d) | 0;
      b = (turn(b + (d ^ (a & (c ^ d))) + words[(5 * i) & 15] + SINES[i + 3], 20) + c) | 0;
    }
    for (let i = 32; i < 48; i += 4) {
      a = (turn(a + (b ^ c ^ d) + words[(3 * i + 5) & 15] + SINES[i], 4) + b) | 0;
      d = (turn(d + (a ^ b ^ c) + words[(3 * i + 8) & 15] + SINES[i + 1], 11) + a) | 0;
      c = (turn(c + (d ^ a ^ b) + words[(3 * i + 11) & 15] + SINES[i + 2], 16) + d) | 0;
      b = (turn(b + (c ^ d ^ a) + words[(3 * i + 14) & 15] + SINES[i + 3], 23) + c) | 0;
    }
    for (let i = 48; i < 64; i += 4) {
      a = (turn(a + (c ^ (b | ~d)) + words[(7 * i) & 15] + SINES[i], 6) + b) | 0;
      d = (turn(d + (b ^ (a | ~c)) + words[(7 * i + 7) & 15] + SINES[i + 1], 10) + a) | 0;
      c = (turn(c + (a ^ (d | ~b)) + words[(7 * i + 14) & 15] + SINES[i + 2], 15) + d) | 0;
      b = (turn(b + (d ^ (c | ~a)) + words[(7 * i + 5) & 15] + SINES[i + 3], 21) + c) | 0;
    }
    a = (a + a0) | 0;
    b = (b + b0) | 0;
    c = (c + c0) | 0;
    d = (d + d0) | 0;
  }
  digest[at] = swapBytes(a);
  digest[at + 1] = swapBytes(b);
  digest[at + 2] = swapBytes(c);
  digest[at + 3] = swapBytes(d);
}

const words = new Int32Array(16);

function turn(sum: number, bits: number): number {
  const word = sum | 0;
  return (word << bits) | (word >>> (32 - bits));
}

function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
