/** A browser in which its user is not asked for a second factor. Times in ms since 1970. */
export interface TrustedDevice {
  readonly id: string;
  /** What the program called itself, and from where it came, when it was trusted. */
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

/** A device just trusted; its secret is shown now and never again. */
export interface NewlyTrusted {
  readonly secret: string;
  readonly expiresAt: number;
}

/** The cookie of a device that counted when it was looked at. */
export interface DeviceProof {
  readonly userId: string;
  readonly digest: string;
}
