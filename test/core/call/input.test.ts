import { describe, expect, it } from 'vitest';
import { nbestVariables } from '../../../src/core/call/input.ts';

describe('the variables of an entry (D10)', () => {
  it('G69: a typed code is authCode, and authCode_nbest1', () => {
    expect(nbestVariables('authCode', [{ value: '012345', confidence: 1, mode: 'dtmf' }])).toEqual({
      authCode: '012345',
      authCode_nbestLength: '1',
      authCode_nbest1: '012345',
      authCode_nbestConfidence1: '1.0',
      authCode_nbestInputmode1: 'dtmf',
    });
  });

  it('several readings are numbered, best first', () => {
    const nbest = [
      { value: '15', confidence: 0.82, mode: 'voice' },
      { value: '50', confidence: 0.4, mode: 'voice' },
    ] as const;
    expect(nbestVariables('Age', nbest)).toEqual({
      Age: '15',
      Age_nbestLength: '2',
      Age_nbest1: '15',
      Age_nbestConfidence1: '0.82',
      Age_nbestInputmode1: 'voice',
      Age_nbest2: '50',
      Age_nbestConfidence2: '0.4',
      Age_nbestInputmode2: 'voice',
    });
  });

  it('an empty list is an empty value', () => {
    expect(nbestVariables('Age', [])).toEqual({ Age: '', Age_nbestLength: '0' });
  });
});
