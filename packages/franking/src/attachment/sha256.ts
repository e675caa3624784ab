/** SHA-256 of a stream. WebCrypto only hashes what is in memory as a whole. */
export interface Sha256 {
  update(data: Uint8Array): void;
  /** 32 bytes. Nothing may follow. */
  digest(): Uint8Array;
}

const BLOCK_BYTES = 64;
const WORDS = 64;

/** FIPS 180-4, section 4.2.2: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = Int32Array.from(firstPrimes(WORDS), (prime) => fraction(Math.cbrt(prime)));
/** Section 5.3.3: the same of the square roots of the first 8. */
const INITIAL = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

/** FIPS 180-4, section 6.2. */
export function sha256Stream(): Sha256 {
  const state = INITIAL.slice();
  const block = new Uint8Array(BLOCK_BYTES);
  const blockView = viewOf(block);
  const schedule = new Int32Array(WORDS);
  let filled = 0;
  let length = 0;

  function update(data: Uint8Array): void {
    length += data.length;
    let at = 0;
    if (filled > 0) {
      at = Math.min(BLOCK_BYTES - filled, data.length);
      block.set(data.subarray(0, at), filled);
      filled += at;
      if (filled < BLOCK_BYTES) return;
      compress(state, schedule, blockView, 0);
      filled = 0;
    }
    const view = viewOf(data);
    for (; at + BLOCK_BYTES <= data.length; at += BLOCK_BYTES) compress(state, schedule, view, at);
    block.set(data.subarray(at));
    filled = data.length - at;
  }

  return {
    update,
    digest() {
      // Section 5.1.1: a one bit, zeros, and the length in bits as 64 bits.
      const padding = new Uint8Array((filled < 56 ? 56 : 120) - filled + 8);
      padding[0] = 0x80;
      viewOf(padding).setBigUint64(padding.length - 8, BigInt(length) * 8n);
      update(padding);
      const digest = new Uint8Array(32);
      const view = viewOf(digest);
      for (const [index, word] of state.entries()) view.setInt32(index * 4, word);
      return digest;
    },
  };
}

/** Written for speed: 32-bit integers throughout, and nothing is allocated. */
function compress(state: Int32Array, w: Int32Array, data: DataView, at: number): void {
  for (let t = 0; t < 16; t++) w[t] = data.getInt32(at + t * 4);
  for (let t = 16; t < WORDS; t++) {
    const w2 = w[t - 2] as number;
    const w15 = w[t - 15] as number;
    const sigma1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
    const sigma0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
    w[t] = (sigma1 + (w[t - 7] as number) + sigma0 + (w[t - 16] as number)) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < WORDS; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (K[t] as number) + (w[t] as number)) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
