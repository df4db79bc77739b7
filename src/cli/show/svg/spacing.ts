/** Pixels between rows of boxes, between what stands in one row, around it all, and under the title. */
export const GAP = { rank: 44, node: 32, edge: 18, margin: 24, title: 6, legend: 18 };
