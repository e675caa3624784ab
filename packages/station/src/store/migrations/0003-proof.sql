-- What became of proofs of origin: reports from encrypted chats whose provider attests who sent which message.

-- Accounts that hand in evidence which they have sealed to this station themselves.
alter table sender_account add column seals boolean not null default false;

-- One attestation that came with a report, and what this station made of it. Holds no text of any message.
create table proof (
  report_id uuid not null,
  attestation_id uuid not null,
  -- What the check ended with; the words are the desk's.
  state text not null check (
    state in ('proven', 'not-proven', 'contradicted', 'incomplete', 'unknown-provider', 'unreadable')
  ),
  -- Why it is not proven, as a stable code; null when it is.
  code text,
  -- The message bundle that it is about, where this report has it.
  bundle_id uuid,
  -- Ids of the keys that the envelope names: a provider that is pinned later is recognised by them.
  key_ids text[] not null,
  -- The attestation's body where a pinned key signed it; verdicts, numbers and digests.
  attestation jsonb,
  checked_at timestamptz not null,
  primary key (report_id, attestation_id),
  foreign key (report_id, attestation_id) references evidence (report_id, id),
  foreign key (report_id, bundle_id) references evidence (report_id, id)
);
create index proof_unknown on proof using gin (key_ids) where state = 'unknown-provider';
