package server

import (
	"context"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
)

// today is the day that "now" means in a question.
func (s *Server) today() record.PartialDate { return record.DateOf(s.config.Now()) }

func (q query) Ask(ctx context.Context, question string, lens *answer.Lens) (*answer.Answer, error) {
	return q.reader(ctx, lens).Ask(ctx, question, q.server.today())
}

func (q query) AskTemplate(ctx context.Context, name string, slots []answer.SlotInput, from, to *record.PartialDate, lens *answer.Lens) (*answer.Answer, error) {
	var period [2]record.PartialDate
	for i, given := range []*record.PartialDate{from, to} {
		if given != nil {
			period[i] = *given
		}
	}
	return q.reader(ctx, lens).AskTemplate(ctx, name, slots, period[0], period[1], q.server.today())
}

func (query) Questions(context.Context) ([]answer.QuestionTemplate, error) {
	return answer.Questions(), nil
}
