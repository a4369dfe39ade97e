/** Talking to the board: JSON, streams of lines, and what the connection is like. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/** A refusal by the board, with its faults as the command line prints them. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {{file: ?string, line: ?number, key: ?string, message: string, text: ?string, words: ?Object}[]} faults
   */
  constructor(status, faults) {
    super(faults.map((one) => one.text ?? one.message).join("\n") || `status ${status}`);
    this.status = status;
    this.faults = faults;
  }
}

let connection = "online";
const listeners = new Set();

/** @returns {"online"|"busy"|"offline"} */
export function connectionNow() {
  return connection;
}

/**
 * Hear when the connection is lost, the board is too busy, or it is there again.
 *
 * @param {(state: "online"|"busy"|"offline") => void} listener
 * @returns {() => void} stops hearing
 */
export function onConnection(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(state) {
  if (state === connection) return;
  connection = state;
  for (const listener of [...listeners]) listener(state);
}

/** @returns {string} a name for this visitor, for fairness between visitors; it lasts as long as the tab */
export function visitor() {
  try {
    const kept = sessionStorage.getItem("ipsim.board.visitor");
    if (kept) return kept;
    const made = randomName();
    sessionStorage.setItem("ipsim.board.visitor", made);
    return made;
  } catch {
    return (visitor.unkept ??= randomName());
  }
}

function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16).padStart(2, "0")).join("");
}

/**
 * Get JSON, trying again while the board can't be reached or is too busy.
 *
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<*>}
 * @throws {Refused} when the board refuses
 */
export function get(path, signal) {
  return insisting(async () => (await asked(path, { signal })).json(), signal);
}

/**
 * Send JSON and get JSON.
 *
 * @param {string} path
 * @param {*} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<*>}
 * @throws {Refused} when the board refuses
 */
export function post(path, body, signal) {
  return insisting(async () => (await asked(path, sent(body, signal))).json(), signal);
}

/**
 * Send JSON and get a file.
 *
 * @param {string} path
 * @param {*} body
 * @returns {Promise<{blob: Blob, name: string}>}
 * @throws {Refused} when the board refuses
 */
export function file(path, body) {
  return insisting(async () => {
    const answer = await asked(path, sent(body));
    const name = /filename="?([^";]+)"?/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
    return { blob: await answer.blob(), name: name ?? "file" };
  });
}

/**
 * Send JSON and hear the lines of the answer one by one. A dropped connection is taken up again by asking anew:
 * the board remembers finished runs.
 *
 * @param {string} path
 * @param {*} body
 * @param {(line: {kind: string}) => void} onLine
 * @param {AbortSignal} [signal] stops the work on the board as well
 * @returns {Promise<void>} done when the line `done` has come, or the signal stopped it
 * @throws {Refused} when the board refuses, or sends a line `fault`
 */
export function stream(path, body, onLine, signal) {
  return insisting(async () => {
    const answer = await asked(path, sent(body, signal));
    let isWhole = false;
    for await (const line of lines(answer.body)) {
      if (signal?.aborted) return;
      if (line.kind === "fault") throw new Refused(422, line.faults);
      isWhole = line.kind === "done" || line.kind === "file";
      onLine(line);
    }
    if (!isWhole) throw new TypeError("the answer broke off");
  }, signal);
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) if (part.trim()) yield JSON.parse(part);
    }
    if (rest.trim()) yield JSON.parse(rest);
  } finally {
    reader.cancel().catch(() => {});
  }
}

function sent(body, signal) {
  return { method: "POST", signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function asked(path, options) {
  const headers = { ...options.headers, "Board-Visitor": visitor() };
  const answer = await fetch(path, { ...options, headers, cache: "no-store" });
  if (answer.ok) return answer;
  let faults = [];
  try {
    faults = (await answer.json()).faults ?? [];
  } catch {
    // an answer without faults: the status says all there is
  }
  const refused = new Refused(answer.status, faults);
  refused.after = Number(answer.headers.get("retry-after")) || 0;
  throw refused;
}

/* Nothing is given up: the board may be started again, and the page goes on by itself. */
async function insisting(tried, signal) {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      const found = await tried();
      announce("online");
      return found;
    } catch (fault) {
      if (signal?.aborted) return undefined;
      if (fault instanceof Refused && fault.status !== 429 && fault.status !== 503) {
        announce("online");
        throw fault;
      }
      if (!(fault instanceof Refused) && !isDropped(fault)) throw fault;
      announce(fault instanceof Refused ? "busy" : "offline");
      await waited(Math.max(pause, 1000 * (fault.after ?? 0)), signal);
      if (signal?.aborted) return undefined;
    }
  }
}

function isDropped(fault) {
  return fault instanceof TypeError || fault instanceof SyntaxError || fault?.name === "NetworkError";
}

function waited(pause, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    // The browser may notice sooner that the network is back.
    const now = () => {
      clearTimeout(timer);
      resolve();
    };
    addEventListener("online", now, { once: true });
    addEventListener("board-retry", now, { once: true });
    signal?.addEventListener("abort", now, { once: true });
  });
}
