/** One fault of one manifest. Never holds a value of the manifest, which may be a secret. */
export interface ManifestFault {
  /** The file's name, or the folder when the fault is the folder's. */
  readonly file: string;
  /** Place in the file, from 1; left out when the fault is the whole file's. */
  readonly document?: number;
  /** Line in the file, from 1, of a fault in the YAML itself. */
  readonly line?: number;
  /** Path such as `spec.level`; empty or left out when the fault is the whole document's. */
  readonly field?: string;
  readonly message: string;
}

/** Where a declared field stands. */
export type ManifestPlace = Omit<ManifestFault, 'message'>;

/**
 * The manifests were refused, and nothing of them was applied. The message has one line for each
 * fault, such as `users.yaml document 2 spec.level: must be one of …`, and no secret.
 */
export class ManifestsFaulty extends Error {
  constructor(
    readonly faults: readonly ManifestFault[],
    options?: ErrorOptions,
  ) {
    super(faults.map((fault) => `${describePlace(fault)}: ${fault.message}`).join('\n'), options);
    this.name = 'ManifestsFaulty';
  }
}

/** A place in words, on one line whatever its file is called: `users.yaml document 2 spec.email`. */
export function describePlace({ file, document, line, field }: ManifestPlace): string {
  const words = [
    file,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(field === undefined || field === '' ? [] : [field]),
  ];
  return words.join(' ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
