/** The package has no types of its own: as its README describes it. */
declare module 'parse-prometheus-text-format' {
  export interface Family {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly metrics: readonly {
      readonly labels?: Readonly<Record<string, string>>;
      /** Histograms have none. */
      readonly value?: string;
    }[];
  }
  export default function parse(text: string): readonly Family[];
}
