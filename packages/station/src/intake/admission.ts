import { StationError } from "../errors.ts";

export interface AdmissionLimits {
  /** Calls that are worked on at once, all senders together. More would only make each of them slower. */
  readonly atOnce: number;
  /** Calls of one sender that may wait for their turn. */
  readonly waiting: number;
  /** Calls of one sender that may be open at all, those included whose client is slow to send. */
  readonly open: number;
  /** After this long a call waits for its client and not for us: its place goes to another. */
  readonly turnMs: number;
  /** Nobody waits longer for a turn. */
  readonly patienceMs: number;
  /** Calls of one sender that are worked on at once while it has company. */
  readonly inCompany: number;
  /** A sender has company for this long after the last call of another. */
  readonly companyMs: number;
  /** A call that takes longer than this waits for its client or the disk, and is no longer counted by `inCompany`. */
  readonly freshMs: number;
}

export const ADMISSION_LIMITS: AdmissionLimits = {
  atOnce: 8,
  waiting: 64,
  open: 512,
  turnMs: 2000,
  patienceMs: 10_000,
  // Each call that is worked on beside another's makes that one's answer later by what it takes itself: eight make it six times as late,
  // two almost three times.
  inCompany: 1,
  companyMs: 10_000,
  freshMs: 250,
};

/** Gives the place back. May be called more than once. */
export type Leave = () => void;

export interface Admission {
  /**
   * Waits for this sender's turn. Called before a body is read, so that a refused call costs no more than its header.
   * @throws StationError `rate.limited` when this sender has too much under way, `intake.busy` when its turn does not come in time;
   *   both say when to come back
   */
  enter(sender: string): Promise<Leave>;
}

interface Waiting {
  readonly begin: () => void;
}

interface Line {
  readonly sender: string;
  open: number;
  working: number;
  /** Of those that are worked on, the ones that began less than `freshMs` ago. */
  fresh: number;
  /** When its last turn began, by count: of equals, who was served longest ago is next. */
  lastTurn: number;
  readonly waiting: Waiting[];
}

/**
 * Shares the station's work between senders: whoever has the least of it under way is next. One sender's flood then waits behind itself,
 * and another's call waits for one turn at most. (Max-min fairness, with calls in place of bits.) A sender that is alone may have every
 * place; one that has company has few, so that what others wait for is not the processor that it keeps busy.
 * @param now milliseconds of a clock that never goes back
 */
export function openAdmission(now: () => number, limits: AdmissionLimits = ADMISSION_LIMITS): Admission {
  const lines = new Map<string, Line>();
  const company = openCompany();
  let working = 0;
  let turns = 0;

  const next = (): void => {
    while (working < limits.atOnce) {
      let chosen: Line | undefined;
      for (const line of lines.values()) {
        if (line.waiting.length === 0) continue;
        if (line.fresh >= limits.inCompany && now() - company.besides(line.sender) < limits.companyMs)
          continue;
        if (
          chosen === undefined ||
          line.working < chosen.working ||
          (line.working === chosen.working && line.lastTurn < chosen.lastTurn)
        )
          chosen = line;
      }
      const first = chosen?.waiting.shift();
      if (first === undefined) return;
      first.begin();
    }
  };
  const begin = (line: Line): Leave => {
    line.lastTurn = turns += 1;
    line.working += 1;
    line.fresh += 1;
    working += 1;
    let has = true;
    let isFresh = true;
    const ripen = (): void => {
      clearTimeout(ripening);
      if (isFresh) line.fresh -= 1;
      isFresh = false;
    };
    const giveBack = (): void => {
      if (!has) return;
      has = false;
      clearTimeout(timer);
      ripen();
      line.working -= 1;
      working -= 1;
      next();
    };
    const ripening = setTimeout(() => {
      ripen();
      next();
    }, limits.freshMs);
    ripening.unref();
    const timer = setTimeout(giveBack, limits.turnMs);
    timer.unref();
    return giveBack;
  };

  return {
    async enter(sender) {
      const line = lines.get(sender) ?? { sender, open: 0, working: 0, fresh: 0, lastTurn: 0, waiting: [] };
      if (line.open >= limits.open || line.waiting.length >= limits.waiting)
        throw tooMany(line.waiting.length);
      lines.set(sender, line);
      company.note(sender, now());
      line.open += 1;
      const close = (): void => {
        line.open -= 1;
        if (line.open === 0) lines.delete(sender);
      };
      const turn = new Promise<Leave>((resolve, reject) => {
        const waiting: Waiting = {
          begin: () => {
            clearTimeout(timer);
            resolve(begin(line));
          },
        };
        const timer = setTimeout(() => {
          line.waiting.splice(line.waiting.indexOf(waiting), 1);
          reject(busy(line.waiting.length));
        }, limits.patienceMs);
        timer.unref();
        line.waiting.push(waiting);
      });
      next();
      try {
        const giveBack = await turn;
        let left = false;
        return () => {
          giveBack();
          if (!left) close();
          left = true;
        };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

/** Who called last, and who last before that one. */
function openCompany() {
  let last = { sender: "", at: Number.NEGATIVE_INFINITY };
  let before = last;
  return {
    note(sender: string, at: number): void {
      if (sender !== last.sender) before = last;
      last = { sender, at };
    },
    /** When anybody else called last. */
    besides(sender: string): number {
      return sender === last.sender ? before.at : last.at;
    },
  };
}

/** A sender with a long line of its own comes back later than one with a short one. */
function secondsFor(waiting: number): number {
  return Math.min(60, 1 + Math.ceil(waiting / 16));
}

function tooMany(waiting: number): StationError {
  return new StationError(
    "rate.limited",
    "You have more calls under way than this station takes from one sender.",
    {
      remedy: "Wait for the seconds in Retry-After and send this call again. Nothing of it was read or kept.",
      retryAfterSeconds: secondsFor(waiting),
    },
  );
}

function busy(waiting: number): StationError {
  return new StationError("intake.busy", "The station could not begin with this call in time.", {
    remedy: "Wait for the seconds in Retry-After and send this call again. Nothing of it was read or kept.",
    retryAfterSeconds: secondsFor(waiting),
  });
}
