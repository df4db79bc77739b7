import { asWritten } from '../../core/callflow/as-written.ts';
import type { Project } from '../../core/callflow/project.ts';
import type { Coverage } from '../../simulator/coverage/coverage.ts';
import { coveredPicture } from '../show/covered-picture.ts';
import { pictureOf } from '../show/picture.ts';
import { svgOf } from '../show/svg.ts';

/** The pictures of the callflows with their coverage on it: SVG documents, by callflow. */
export function coveragePictures(project: Project, { callflows }: Coverage): ReadonlyMap<string, string> {
  return new Map(
    callflows.flatMap((coverage) => {
      const file = project.callflows.get(coverage.callflow);
      if (file === undefined) return [];
      const wordings = file.wordings.get(project.defaultLocale) ?? null;
      const picture = pictureOf(asWritten(file), { wordings, limits: false });
      return [[coverage.callflow, svgOf(coveredPicture(picture, coverage))] as const];
    }),
  );
}
