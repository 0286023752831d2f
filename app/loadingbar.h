#pragma once

#include <QWidget>

class QProgressBar;

namespace stepscope {

class ThemedLabel;

/// A strip that shows how far the trace being opened is, with a way to stop.
class LoadingBar : public QWidget {
    Q_OBJECT

public:
    explicit LoadingBar(QWidget* parent = nullptr);

    /// Shows itself, at the beginning.
    void start(const QString& path);
    void setProgress(int perMille);
    /// As high as what will take its place; 0: as low as it can be.
    void setRoom(int height);
    /// The per cent that are read, or what is done with it.
    QString percentText() const;

signals:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static QString stepsText();

    ThemedLabel* m_name;
    QProgressBar* m_bar;
    ThemedLabel* m_percent;
};

} // namespace stepscope
