/** Amazon Connect's flow language, version 2019-10-30 (API reference, "Flow language"). */
interface Transitions {
  NextAction?: string;
  Errors?: { ErrorType: string; NextAction: string }[];
  Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
}

/** An action without the name by which others lead to it. */
export interface Block {
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: Transitions;
}

export interface Action extends Block {
  Identifier: string;
}

export interface FlowDocument {
  Version: '2019-10-30';
  StartAction: string;
  Actions: Action[];
}
