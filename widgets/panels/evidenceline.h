#pragma once

#include "core/gates/gate.h"

#include <QAbstractButton>

namespace stepscope {

class ThemedLabel;

/// One row of evidence: its sign and its sentence. Where it leads somewhere, it is a link for mouse and
/// keyboard: `clicked` says so.
class EvidenceLine : public QAbstractButton {
    Q_OBJECT

public:
    explicit EvidenceLine(QWidget* parent = nullptr);

    /// `hasSign`: beside the row's own, not where the row stands for its gate.
    void showEvidence(const Evidence& evidence, bool isLink, bool hasSign);
    const Evidence& evidence() const { return m_shown.evidence; }
    QString sentence() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Shown {
        Evidence evidence;
        bool isLink = false;
        bool hasSign = false;

        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void underline(bool isUnderlined);

    ThemedLabel* m_sign;
    ThemedLabel* m_sentence;
    Shown m_shown;
};

} // namespace stepscope
