/** draft-ietf-mimi-content, section 8.2.1: the sender as a MIMI participant. */
export const SENDER_URI = 1;
/** draft-ietf-mimi-content, section 8.2.1: the room's URI. */
export const ROOM_URI = 2;

// Negative integers are for private use (draft-ietf-mimi-content, section 4.3). Ours say what the sender knew when it wrote.

/** `[roomSeq, head]`: the last record of the room that the device had received, and the chain's head after it. */
export const SEEN = -1001;
/** This device's messages in this room, counted from 1. */
export const DEVICE_SEQ = -1002;
/** MessageId of this device's previous message in this room. */
export const PREVIOUS_OWN = -1003;
/** `{url: [root, size, chunk, keyCommitment]}`: which ciphertext and which key stand behind each external part. */
export const ATTACHMENTS = -1004;
