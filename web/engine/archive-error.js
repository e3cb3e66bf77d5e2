/** Why an archive cannot be read: what, where, and what to do. */
export class ArchiveError extends Error {}
