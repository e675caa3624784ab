/** The largest upload that is taken. A phone's whole memory fits; a length that is only a mistake does not. */
export const MOST_BYTES = 64 * 1024 ** 3;
/** What one sender may have begun and not yet named in a report: uploads, and bytes as they were declared. */
export const MOST_UPLOADS = 200;
export const MOST_OPEN_BYTES = 4 * MOST_BYTES;
/**
 * A part is on disk, and counted, as soon as it has so many bytes: what a kill costs its sender to send again, at most. Each takes two
 * fsyncs and a commit, which 8 MiB make a small part of the time.
 */
export const PART_BYTES = 8 * 1024 * 1024;
/** After so long without a byte an upload is given up, finished or not. As long as the CyberTipline's wire leaves a report open. */
export const LIFETIME_MS = 24 * 3_600_000;
/** For so long an ended upload still answers that it has ended. */
export const REMEMBERED_MS = 7 * 24 * 3_600_000;
