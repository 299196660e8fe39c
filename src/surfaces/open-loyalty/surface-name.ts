/** The name under which this surface's sessions are kept, and the audience of its tokens. */
export const SURFACE = 'open-loyalty';
