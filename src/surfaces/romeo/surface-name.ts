/** The name under which this surface's sessions are kept. */
export const SURFACE = 'romeo';
