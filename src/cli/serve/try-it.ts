/** The command that places a call to the demo company: key 2 is the text message. */
export const TRY_IT = 'npx dialproof call main --keys "1001#,2,{code}"';
