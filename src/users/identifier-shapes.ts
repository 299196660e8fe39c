/** Digits only: whatever else shares the name space (names, addresses) cannot be taken as a card. */
export const CARD = /^\d{4,32}$/;

export const PHONE = /^\+?\d{6,15}$/;
