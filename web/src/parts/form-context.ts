import { createContext } from 'preact';

/** What the fields of a form know of it. */
export interface FormState {
  /** The element that tells how the sending goes: it describes every field. */
  readonly noticeId: string;
  readonly isSending: boolean;
}

export const FormContext = createContext<FormState>({ noticeId: '', isSending: false });
