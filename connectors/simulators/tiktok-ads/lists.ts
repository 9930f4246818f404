import type { SimulatorRequest, SimulatorResponse } from '../simulator.ts';
import { badParameter, ok } from './answers.ts';

const USUAL_PAGE = 10;
const LONGEST_PAGE = 1000;

/** A page by its number, of a list as it is at this moment. */
export function pageOf(
  records: readonly unknown[],
  name: string,
  request: SimulatorRequest,
): SimulatorResponse {
  const page = Number(request.query.get('page') ?? 1);
  const size = Number(request.query.get('page_size') ?? USUAL_PAGE);
  if (!Number.isInteger(page) || page < 1) return badParameter(request, 'page: must be positive.');
  if (!Number.isInteger(size) || size < 1 || size > LONGEST_PAGE) {
    return badParameter(request, 'page_size: must be between 1 and 1000.');
  }
  const begin = Math.max(0, (page - 1) * size - request.shift);
  const page_info = {
    page,
    page_size: size,
    total_number: records.length,
    total_page: Math.ceil(records.length / size),
  };
  const answer = ok(request, { list: records.slice(begin, begin + size), page_info });
  return { ...answer, page: { path: 'data.list', list: name, isFirst: page === 1 } };
}
